<?php

namespace Aftercare\Companion;

/** Leaves nothing behind, here or in the app. */
final class Uninstall {
	/** Every option there is. */
	const OPTIONS = array(
		Connection::OPTION,
		Settings::OPTION,
		Answers::QUEUE,
		Client::STATE,
		Account::REWRITE,
	);

	/** Tell the app, then forget; an app that cannot be reached is no reason to keep a secret. */
	public static function run(): void {
		global $wpdb;
		$connection = Connection::load();
		if ( $connection->is_made() ) {
			( new Client( $connection ) )->disconnect();
		}
		foreach ( self::OPTIONS as $option ) {
			delete_option( $option );
		}
		$like = $wpdb->esc_like( '_transient_' . Answers::PREFIX ) . '%';
		$old  = $wpdb->esc_like( '_transient_timeout_' . Answers::PREFIX ) . '%';
		$wpdb->query( $wpdb->prepare( "DELETE FROM {$wpdb->options} WHERE option_name LIKE %s OR option_name LIKE %s", $like, $old ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- there is no call that deletes transients by the beginning of their names.
		wp_clear_scheduled_hook( Refresh::EVENT );
	}
}

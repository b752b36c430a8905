<?php

namespace Aftercare\Companion;

/** Puts every surface in its place; until the shop is connected there is only the settings page. */
final class Plugin {
	public static function start(): void {
		add_filter( 'load_textdomain_mofile', array( Language::class, 'file' ), 10, 2 );
		add_action( 'init', array( self::class, 'speak' ) );
		Asking::register();
		if ( is_admin() ) {
			SettingsPage::register();
		}
		$connection = Connection::load();
		if ( ! $connection->is_made() ) {
			return;
		}
		$settings = Settings::load();
		Refresh::register();
		Assets::register();
		Visitor::register();
		Kept::register();
		Product::register( $connection, $settings );
		Basket::register( $connection, $settings );
		Tracking::register( $connection );
		OrderPage::register( $connection );
		Account::register( $connection );
		Mail::register( $connection, $settings );
		Footer::register( $connection, $settings );
		Blocks::register( $connection );
		if ( is_admin() ) {
			StaffBox::register( $connection );
		}
	}

	public static function speak(): void {
		load_plugin_textdomain( 'aftercare', false, dirname( plugin_basename( FILE ) ) . '/languages' );
	}
}

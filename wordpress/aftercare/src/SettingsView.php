<?php

namespace Aftercare\Companion;

/** The settings page as it is drawn. */
final class SettingsView {
	public static function show(): void {
		$connection = Connection::load();
		echo '<div class="wrap"><h1>Aftercare</h1>';
		self::notice();
		if ( $connection->is_made() ) {
			self::status( $connection );
			self::places();
			self::form( 'disconnect', __( 'Disconnect', 'aftercare' ), 'secondary', '<p>' . esc_html__( 'Nothing is shown to shoppers any more, and the secret is forgotten on both sides.', 'aftercare' ) . '</p>' );
		} else {
			self::connect();
		}
		echo '</div>';
	}

	private static function notice(): void {
		$key  = SettingsPage::NOTICE . get_current_user_id();
		$left = get_transient( $key );
		if ( is_array( $left ) ) {
			delete_transient( $key );
			echo '<div class="notice notice-' . esc_attr( (string) $left[0] ) . '" role="status"><p>' . esc_html( (string) $left[1] ) . '</p></div>';
		}
	}

	private static function connect(): void {
		$app = self::field( 'app', __( 'Address of your Aftercare app', 'aftercare' ), 'url', 'https://aftercare.example.com', self::own_app() );
		self::form( 'ask', __( 'Connect', 'aftercare' ), 'primary', '<p>' . esc_html__( 'You go to your app, see there that it is this shop, and come back connected. A shop that is new to the app is asked for keys on the way.', 'aftercare' ) . '</p>' . $app );
		echo '<details id="aftercare-by-code"><summary>' . esc_html__( 'Connect with a code instead', 'aftercare' ) . '</summary>';
		$fields = '<p>' . esc_html__( 'Connect the shop in Aftercare first (Shops). Make a code there and bring both here. The code works once.', 'aftercare' ) . '</p>'
			. self::field( 'app', __( 'Address of your Aftercare app', 'aftercare' ), 'url', 'https://aftercare.example.com', self::own_app(), 'code-app' )
			. self::field( 'code', __( 'Code', 'aftercare' ), 'password', '', '' );
		self::form( 'connect', __( 'Connect with the code', 'aftercare' ), 'secondary', $fields );
		echo '</details>';
		wp_enqueue_script( 'aftercare-connect', plugins_url( 'assets/connect.js', FILE ), array(), VERSION, true );
	}

	/** The app this copy of the plugin was downloaded from; empty where it came from elsewhere. */
	private static function own_app(): string {
		$file = dirname( __DIR__ ) . '/app.json';
		$told = is_readable( $file ) ? json_decode( (string) file_get_contents( $file ), true ) : null; // phpcs:ignore WordPress.WP.AlternativeFunctions.file_get_contents_file_get_contents -- a file of the plugin's own.
		return is_array( $told ) && isset( $told['app'] ) && is_string( $told['app'] ) ? SettingsPage::app_address( $told['app'] ) : '';
	}

	private static function status( Connection $connection ): void {
		$state = Client::state();
		$rows  = array(
			__( 'Shop', 'aftercare' )             => $connection->name(),
			__( 'App', 'aftercare' )              => $connection->app(),
			__( 'Connected since', 'aftercare' )  => self::moment( (int) strtotime( $connection->connected_at() ) ),
			__( 'Last answer', 'aftercare' )      => self::moment( (int) $state['ok_at'] ),
		);
		if ( $state['failures'] ) {
			$rows[ __( 'Does not answer since', 'aftercare' ) ] = self::moment( (int) $state['failed_at'] ) . ' (' . $state['why'] . ')';
		}
		if ( defined( 'DISABLE_WP_CRON' ) && DISABLE_WP_CRON && ! function_exists( 'fastcgi_finish_request' ) ) {
			$rows[ __( 'Attention', 'aftercare' ) ] = __( 'WP-Cron is switched off: where this server may not call itself, words are only renewed when something calls wp-cron.php.', 'aftercare' );
		}
		echo '<h2>' . esc_html__( 'Status', 'aftercare' ) . '</h2><table class="form-table" role="presentation"><tbody>';
		foreach ( $rows as $name => $value ) {
			echo '<tr><th scope="row">' . esc_html( $name ) . '</th><td>' . esc_html( $value ) . '</td></tr>';
		}
		echo '</tbody></table>';
		self::form( 'check', __( 'Ask again now', 'aftercare' ), 'secondary', '' );
	}

	private static function places(): void {
		$names    = array(
			'badge'   => __( 'Badge on product pages', 'aftercare' ),
			'banner'  => __( 'Line in cart and checkout, where it is proven', 'aftercare' ),
			'footer'  => __( 'Links in the footer (the withdrawal function has to be easy to find)', 'aftercare' ),
			'mail'    => __( 'Links in order mails', 'aftercare' ),
			'json_ld' => __( 'Data for search engines on product pages', 'aftercare' ),
		);
		$settings = Settings::load();
		$fields   = '<h2>' . esc_html__( 'Places', 'aftercare' ) . '</h2>';
		foreach ( $names as $place => $name ) {
			$fields .= '<p><label><input type="checkbox" name="place_' . esc_attr( $place ) . '" value="1"' . checked( $settings->wants( $place ), true, false ) . '> ' . esc_html( $name ) . '</label></p>';
		}
		self::form( 'places', __( 'Save', 'aftercare' ), 'primary', $fields );
	}

	/** A form of this page; `$fields` is markup, escaped where it was made. */
	private static function form( string $action, string $button, string $kind, string $fields ): void {
		echo '<form method="post" action="' . esc_url( admin_url( 'admin-post.php' ) ) . '">';
		echo $fields; // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- made here.
		echo '<input type="hidden" name="action" value="' . esc_attr( 'aftercare_' . $action ) . '">';
		wp_nonce_field( 'aftercare_' . $action );
		submit_button( $button, $kind );
		echo '</form>';
	}

	private static function field( string $name, string $label, string $type, string $example, string $value, string $id = '' ): string {
		$id = 'aftercare-' . ( $id !== '' ? $id : $name );
		return '<p><label for="' . esc_attr( $id ) . '">' . esc_html( $label ) . '</label><br><input class="regular-text" dir="ltr" required autocomplete="off" id="' . esc_attr( $id ) . '" name="' . esc_attr( $name ) . '" type="' . esc_attr( $type ) . '" value="' . esc_attr( $value ) . '" placeholder="' . esc_attr( $example ) . '"></p>';
	}

	private static function moment( int $at ): string {
		return $at > 0 ? (string) wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ), $at ) : __( 'never', 'aftercare' );
	}
}

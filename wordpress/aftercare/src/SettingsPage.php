<?php

namespace Aftercare\Companion;

/** WooCommerce > Aftercare: connect, by a click or by a code, see how it is, choose the places, disconnect. */
final class SettingsPage {
	const PAGE    = 'aftercare';
	const NEEDS   = 'manage_woocommerce';
	const ACTIONS = array( 'connect', 'check', 'places', 'disconnect' );
	const NOTICE  = 'aftercare_a_notice';

	public static function register(): void {
		add_action( 'admin_menu', array( self::class, 'menu' ) );
		foreach ( self::ACTIONS as $action ) {
			add_action( 'admin_post_aftercare_' . $action, array( self::class, $action ) );
		}
		add_action( 'admin_post_aftercare_ask', array( Handshake::class, 'ask' ) );
		add_filter( 'plugin_action_links_' . plugin_basename( FILE ), array( self::class, 'link' ) );
	}

	public static function menu(): void {
		$page = add_submenu_page( 'woocommerce', 'Aftercare', 'Aftercare', self::NEEDS, self::PAGE, array( SettingsView::class, 'show' ) );
		Handshake::register( (string) $page );
	}

	/**
	 * @param string[] $links Of the list of plugins.
	 * @return string[]
	 */
	public static function link( array $links ): array {
		$ours = '<a href="' . esc_url( self::address() ) . '">' . esc_html__( 'Settings', 'aftercare' ) . '</a>';
		return array_merge( array( $ours ), $links );
	}

	public static function address(): string {
		return admin_url( 'admin.php?page=' . self::PAGE );
	}

	public static function connect(): void {
		self::allow( 'connect' );
		$app = self::typed_app();
		self::connected( $app === '' ? array( 'error' => __( 'Type the address of your app, beginning with https://.', 'aftercare' ) ) : Client::connect( $app, self::typed( 'code' ), home_url() ) );
	}

	/**
	 * Keep what the app told of a new connection, or say what it refused.
	 *
	 * @param array<string,mixed> $told As `Client::connect` gives it.
	 */
	public static function connected( array $told ): void {
		if ( isset( $told['error'] ) ) {
			self::leave( 'error', (string) $told['error'] );
		}
		$connection = new Connection( $told );
		$connection->save();
		Account::ask_for_rewrite();
		self::warm( $connection );
		self::leave( 'success', __( 'Connected.', 'aftercare' ) );
	}

	public static function check(): void {
		self::allow( 'check' );
		$connection = Connection::load();
		if ( $connection->is_made() && ( new Client( $connection ) )->check() ) {
			self::warm( $connection );
			self::leave( 'success', __( 'The app answers.', 'aftercare' ) );
		}
		$state = Client::state();
		self::leave( 'error', __( 'The app does not answer. Pages show what it told last.', 'aftercare' ) . ' ' . $state['why'] );
	}

	public static function places(): void {
		self::allow( 'places' );
		$wanted = array();
		foreach ( Settings::PLACES as $place ) {
			$wanted[ $place ] = self::typed( 'place_' . $place ) === '1';
		}
		( new Settings( $wanted ) )->save();
		self::leave( 'success', __( 'Saved.', 'aftercare' ) );
	}

	public static function disconnect(): void {
		self::allow( 'disconnect' );
		$connection = Connection::load();
		$is_told    = ! $connection->is_made() || ( new Client( $connection ) )->disconnect();
		Connection::forget();
		if ( $is_told ) {
			self::leave( 'success', __( 'Disconnected. The secret is forgotten here and in the app.', 'aftercare' ) );
		}
		self::leave( 'warning', __( 'Disconnected here. The app could not be told: it forgets the secret when this shop is connected again.', 'aftercare' ) );
	}

	/** The app's address as typed, without what follows; empty unless it is https, or on this very machine. */
	public static function app_address( string $typed ): string {
		$parts  = wp_parse_url( trim( $typed ) );
		$scheme = is_array( $parts ) && isset( $parts['scheme'] ) ? strtolower( $parts['scheme'] ) : '';
		$host   = is_array( $parts ) && isset( $parts['host'] ) ? strtolower( $parts['host'] ) : '';
		$is_own = in_array( $host, array( 'localhost', '127.0.0.1' ), true );
		if ( $host === '' || isset( $parts['user'] ) || ! ( $scheme === 'https' || ( $scheme === 'http' && $is_own ) ) ) {
			return '';
		}
		return $scheme . '://' . $host . ( isset( $parts['port'] ) ? ':' . (int) $parts['port'] : '' );
	}

	/** Have the words every page needs at hand before the first shopper comes. */
	private static function warm( Connection $connection ): void {
		$client = new Client( $connection );
		foreach ( array_unique( array( Language::tag( get_locale() ), Language::here() ) ) as $language ) {
			$client->answer( Question::market( '', $language ) );
			$client->answer( Question::market( WC()->countries->get_base_country(), $language ) );
			$client->answer( Question::entry( $language ) );
		}
	}

	/** The address of the app that was typed; empty where it is none. */
	public static function typed_app(): string {
		return self::app_address( self::typed( 'app' ) );
	}

	/** Only whoever runs the shop, from a form of this page. */
	public static function allow( string $action ): void {
		if ( ! current_user_can( self::NEEDS ) ) {
			wp_die( esc_html__( 'You may not do this.', 'aftercare' ), '', array( 'response' => 403 ) );
		}
		check_admin_referer( 'aftercare_' . $action );
	}

	private static function typed( string $name ): string {
		return isset( $_POST[ $name ] ) && is_string( $_POST[ $name ] ) ? sanitize_text_field( wp_unslash( $_POST[ $name ] ) ) : ''; // phpcs:ignore WordPress.Security.NonceVerification.Missing -- `allow` has checked it.
	}

	/** Back to the page, with a word about what happened. */
	public static function leave( string $tone, string $text ): void {
		set_transient( self::NOTICE . get_current_user_id(), array( $tone, $text ), 60 );
		wp_safe_redirect( self::address() );
		exit;
	}
}

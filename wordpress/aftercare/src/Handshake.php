<?php

namespace Aftercare\Companion;

/** Connect by one click: to the app with a wish, and back with a code. */
final class Handshake {
	public static function register( string $page ): void {
		add_action( 'load-' . $page, array( self::class, 'come_back' ) );
	}

	/** Send the owner to the app, which hears from this shop what is asked. */
	public static function ask(): void {
		SettingsPage::allow( 'ask' );
		$app = SettingsPage::typed_app();
		if ( $app === '' ) {
			SettingsPage::leave( 'error', __( 'Type the address of your app, beginning with https://.', 'aftercare' ) );
		}
		$query = array( 'shop' => home_url(), 'asks' => Asking::begin( $app, get_current_user_id() ) );
		wp_redirect( $app . '/admin/shops/plugin?' . http_build_query( $query ) ); // phpcs:ignore WordPress.Security.SafeRedirect.wp_redirect_wp_redirect -- the owner has just named the app.
		exit;
	}

	/** Back from the app: fetch the secret with the code, if this is the answer to what this user asked. */
	public static function come_back(): void {
		$name = self::given( 'asks' );
		if ( $name === '' || ! current_user_can( SettingsPage::NEEDS ) ) {
			return;
		}
		$wish = Asking::take( $name, get_current_user_id() );
		if ( $wish === null ) {
			SettingsPage::leave( 'error', __( 'This answer came too late, or to a question asked somewhere else. Press Connect again.', 'aftercare' ) );
		}
		if ( self::given( 'code' ) === '' ) {
			SettingsPage::leave( 'warning', __( 'Not connected: you said no in the app.', 'aftercare' ) );
		}
		SettingsPage::connected( Client::connect( $wish['app'], self::given( 'code' ), home_url(), $wish['verifier'] ) );
	}

	private static function given( string $name ): string {
		return isset( $_GET[ $name ] ) && is_string( $_GET[ $name ] ) ? sanitize_text_field( wp_unslash( $_GET[ $name ] ) ) : ''; // phpcs:ignore WordPress.Security.NonceVerification.Recommended -- the name of the wish is what a nonce would be: unguessable, once, for one user.
	}
}

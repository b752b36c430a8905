<?php

namespace Aftercare\Companion;

/**
 * Which country the visitor's goods go to. Pages that everybody is sent alike cannot say it: a cookie of two letters does,
 * set once WooCommerce knows, in answers that belong to this visitor alone.
 */
final class Visitor {
	const COOKIE = 'aftercare_country';

	public static function register(): void {
		add_action( 'wp', array( self::class, 'remember' ), 20, 0 );
		add_action( 'woocommerce_after_calculate_totals', array( self::class, 'remember' ), 20, 0 );
	}

	/** Leave the country with the browser, if this visitor has a cart or is signed in and it is news. */
	public static function remember(): void {
		$country = self::is_somebody() ? self::country() : '';
		$known   = isset( $_COOKIE[ self::COOKIE ] ) ? sanitize_text_field( wp_unslash( $_COOKIE[ self::COOKIE ] ) ) : '';
		if ( $country !== '' && $country !== $known && ! headers_sent() ) {
			wc_setcookie( self::COOKIE, $country );
			$_COOKIE[ self::COOKIE ] = $country;
		}
	}

	/** Where the customer's goods go, as WooCommerce knows it; empty while it does not. */
	public static function country(): string {
		$customer = function_exists( 'WC' ) ? WC()->customer : null;
		$country  = $customer ? (string) $customer->get_shipping_country() : '';
		return preg_match( '/^[A-Z]{2}$/', $country ) ? $country : '';
	}

	/**
	 * What this visitor is promised, for pages that are made for them alone: of who is signed in, and of the editor, which
	 * runs no elements. Null on pages that may be kept for everybody.
	 */
	public static function market(): ?Market {
		if ( defined( 'REST_REQUEST' ) && REST_REQUEST ) {
			return Told::market();
		}
		$country = is_user_logged_in() ? self::country() : '';
		return $country !== '' ? Told::market( $country ) : null;
	}

	private static function is_somebody(): bool {
		$session = WC()->session;
		return is_user_logged_in() || ( $session instanceof \WC_Session_Handler && $session->has_session() );
	}
}

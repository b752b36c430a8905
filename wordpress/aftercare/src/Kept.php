<?php

namespace Aftercare\Companion;

/** The shop's own copy of the app's words for a product and country: the badge asks here while the app is away. */
final class Kept {
	public static function register(): void {
		add_action( 'rest_api_init', array( self::class, 'route' ) );
	}

	/** Where it is, as the element asks: the shop's key and the question follow. */
	public static function address(): string {
		return rest_url( 'aftercare/v1/' );
	}

	public static function route(): void {
		register_rest_route(
			'aftercare/v1',
			'/(?P<shop>[A-Za-z0-9_-]+)/policy',
			array(
				'methods'             => 'GET',
				'callback'            => array( self::class, 'tell' ),
				'permission_callback' => '__return_true',
				'show_in_index'       => false,
			)
		);
	}

	/** @return \WP_REST_Response|\WP_Error What was told last; nothing is asked of the app while somebody waits. */
	public static function tell( \WP_REST_Request $request ) {
		$country = strtoupper( (string) $request['country'] );
		$is_sold = $country === '' || isset( WC()->countries->get_countries()[ $country ] );
		$market  = $is_sold && (string) $request['shop'] === Connection::load()->shop() ? Told::market( $country, self::language( (string) $request['lang'] ) ) : null;
		if ( $market === null ) {
			return new \WP_Error( 'aftercare_nothing_kept', 'Nothing is kept for this country.', array( 'status' => 404 ) );
		}
		$product  = wc_get_product( absint( $request['product'] ) );
		$response = new \WP_REST_Response( $market->answer( $product ? Product::ids( $product ) : array() ) );
		$response->header( 'Cache-Control', 'public, max-age=60' );
		return $response;
	}

	/** One of the shop's own languages: nobody has it ask for others. */
	private static function language( string $asked ): string {
		$spoken = array_map( array( Language::class, 'tag' ), array_merge( array( get_locale() ), get_available_languages() ) );
		return in_array( $asked, $spoken, true ) ? $asked : Language::here();
	}
}

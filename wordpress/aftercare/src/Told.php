<?php

namespace Aftercare\Companion;

/** What the app has told so far, asked for in the language of the page; null while it has told nothing. */
final class Told {
	/** The promise to a country; to the shop's home market when none is chosen. */
	public static function market( string $country = '', string $language = '' ): ?Market {
		$body = Answers::get( Question::market( $country, $language !== '' ? $language : Language::here() ) );
		return $body ? new Market( $body ) : null;
	}

	/**
	 * An order's rights and claims, and the way to withdraw.
	 *
	 * @return array<string,mixed>
	 */
	public static function order( int $order, string $language = '' ): array {
		$body = Answers::get( Question::order( $order, $language !== '' ? $language : Language::here() ) );
		return $body ? $body : array();
	}

	/** What the way into a claim is called. */
	public static function entry(): string {
		$body = Answers::get( Question::entry( Language::here() ) );
		return isset( $body['heading'] ) && is_string( $body['heading'] ) ? $body['heading'] : __( 'Return an item or report a problem', 'aftercare' );
	}

	/**
	 * A way on that is the same for everybody: `details`, the whole policy; `withdrawal`, where any country that is sold
	 * to wants that function.
	 *
	 * @return array<string,mixed>
	 */
	public static function anywhere( string $way ): array {
		$body = Answers::get( Question::entry( Language::here() ) );
		return isset( $body[ $way ] ) && is_array( $body[ $way ] ) ? $body[ $way ] : array();
	}
}

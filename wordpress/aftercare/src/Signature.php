<?php

namespace Aftercare\Companion;

/** What the app takes as this shop's word; the app's `plugin/domain/companion.py` reads what is written here. */
final class Signature {
	const SCHEME = 'Aftercare-Companion';

	/** The Authorization header of a request; `$target` is path and query as they are sent, `$at` seconds since 1970. */
	public static function header( string $secret, string $shop, string $method, string $target, string $body, int $at ): string {
		$lines = array( 'aftercare request v1', $method, $target, (string) $at, hash( 'sha256', $body ) );
		return self::SCHEME . ' ' . $shop . ':' . $at . ':' . self::sign( $secret, $lines );
	}

	/** A pass for the customer of an order, signed in here; it opens that order until `$until`, an hour ahead at most. */
	public static function pass( string $secret, string $shop, int $order, int $customer, int $until ): string {
		$fields   = array( (string) $order, (string) $customer, (string) $until );
		$fields[] = self::sign( $secret, array_merge( array( 'aftercare pass v1', $shop ), $fields ) );
		return implode( '.', $fields );
	}

	/**
	 * HMAC-SHA256 of the lines in hex.
	 *
	 * @param string   $secret The shop's.
	 * @param string[] $lines  What is signed.
	 */
	private static function sign( string $secret, array $lines ): string {
		return hash_hmac( 'sha256', implode( "\n", $lines ), $secret );
	}
}

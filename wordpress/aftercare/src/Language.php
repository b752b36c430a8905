<?php

namespace Aftercare\Companion;

/** WordPress names languages its own way. */
final class Language {
	/** The BCP 47 tag of a locale: `de_DE_formal` is `de-DE`, `pt_BR` is `pt-BR`. */
	public static function tag( string $locale ): string {
		$parts = array_slice( explode( '_', $locale ), 0, 2 );
		$parts = array_filter( $parts, static function ( $part ) {
			return (bool) preg_match( '/^[A-Za-z0-9]{2,8}$/', $part );
		} );
		return $parts ? implode( '-', $parts ) : 'en';
	}

	/** That of the page being made. */
	public static function here(): string {
		return self::tag( determine_locale() );
	}
}

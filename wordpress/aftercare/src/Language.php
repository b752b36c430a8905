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

	/**
	 * The language a locale is served in: its own file, else that of the same language: `de_AT` and `de_DE_formal` read `de_DE`.
	 *
	 * @param string[] $offered Locales that have a file, in order.
	 */
	public static function nearest( string $locale, array $offered ): string {
		if ( in_array( $locale, $offered, true ) ) {
			return $locale;
		}
		$language = strtok( $locale, '_' );
		$led      = array( 'zh_HK' => 'zh_TW', 'zh' => 'zh_CN', 'pt' => 'pt_PT', 'nn' => 'nb_NO', 'no' => 'nb_NO', 'mt' => 'mlt' );
		foreach ( array( $locale, $language ) as $name ) {
			if ( isset( $led[ $name ] ) && in_array( $led[ $name ], $offered, true ) ) {
				return $led[ $name ];
			}
		}
		foreach ( $offered as $each ) {
			if ( strtok( $each, '_' ) === $language ) {
				return $each;
			}
		}
		return $locale;
	}

	/** The file with the plugin's words for a locale that has none of its own: where WordPress looks, or the nearest. */
	public static function file( string $file, string $domain ): string {
		if ( $domain !== 'aftercare' || is_readable( $file ) || ! preg_match( '/aftercare-([A-Za-z_0-9]+)\.mo$/', $file, $found ) ) {
			return $file;
		}
		$offered = array_map( static function ( $each ) {
			return substr( basename( $each, '.mo' ), strlen( 'aftercare-' ) );
		}, (array) glob( dirname( __DIR__ ) . '/languages/aftercare-*.mo' ) );
		$nearest = dirname( __DIR__ ) . '/languages/aftercare-' . self::nearest( $found[1], $offered ) . '.mo';
		return is_readable( $nearest ) ? $nearest : $file;
	}

	/** That of the page being made. */
	public static function here(): string {
		return self::tag( determine_locale() );
	}
}

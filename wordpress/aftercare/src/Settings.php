<?php

namespace Aftercare\Companion;

/** Which places the owner wants filled; everything is on until it is switched off. */
final class Settings {
	const OPTION = 'aftercare_settings';
	const PLACES = array( 'badge', 'banner', 'footer', 'mail', 'json_ld' );

	/** @var array<string,bool> */
	private $places;

	/** @param array<string,mixed> $kept Place to whether it is wanted. */
	public function __construct( array $kept ) {
		$this->places = array();
		foreach ( self::PLACES as $place ) {
			$this->places[ $place ] = ! isset( $kept[ $place ] ) || (bool) $kept[ $place ];
		}
	}

	public static function load(): self {
		$kept = get_option( self::OPTION );
		return new self( is_array( $kept ) ? $kept : array() );
	}

	public function wants( string $place ): bool {
		return ! empty( $this->places[ $place ] );
	}

	public function save(): void {
		update_option( self::OPTION, $this->places, true );
	}
}

<?php

namespace Aftercare\Companion;

/** Where an order's parcels are, as markup: the tracking element with its words in it. All escaped. */
final class Parcels {
	/**
	 * An order's parcels; nothing where the app tells of none.
	 *
	 * @param array<string,mixed> $order As the app told it.
	 */
	public static function shown( Connection $connection, array $order ): string {
		$told    = isset( $order['tracking'] ) && is_array( $order['tracking'] ) ? $order['tracking'] : array();
		$parcels = Html::list_of( $told, 'parcels' );
		if ( ! $parcels ) {
			return '';
		}
		$words = isset( $told['words'] ) && is_array( $told['words'] ) ? $told['words'] : array();
		$page  = isset( $told['page'] ) && is_array( $told['page'] ) ? $told['page'] : array();
		$cards = '';
		foreach ( $parcels as $parcel ) {
			$cards .= self::card( $parcel, $words, count( $parcels ) === 1 );
		}
		return Html::element( 'aftercare-tracking', $connection, array( 'token' => Html::text( $order, 'token' ) ) )
			. '<section class="tracking" lang="' . esc_attr( Html::text( $told, 'language' ) ) . '" dir="' . ( Html::text( $told, 'direction' ) === 'rtl' ? 'rtl' : 'ltr' ) . '">'
			. '<h2 class="heading">' . esc_html( Html::text( $told, 'heading' ) ) . '</h2>' . $cards . Html::link( $page, 'more' ) . '</section></aftercare-tracking>';
	}

	/**
	 * One parcel; of a single one the heading has said the state. Customs come first while it is there.
	 *
	 * @param array<string,mixed> $parcel The parcel.
	 * @param array<string,mixed> $words  Names of its parts.
	 */
	private static function card( array $parcel, array $words, bool $is_one ): string {
		$steps = Html::list_of( $parcel, 'steps' );
		$way   = implode( '', array_map( array( self::class, 'step' ), $steps ) );
		$raw   = implode( '', array_map( array( self::class, 'raw' ), $steps ) );
		$help  = self::customs( $parcel, Html::text( $words, 'customs' ) );
		$held  = strpos( $help, '<details open>' ) === 0;
		return '<article class="parcel"><div class="now">' . self::now( $parcel, $is_one ) . '</div>' . ( $held ? $help : '' )
			. ( $way === '' ? '' : '<h3 class="name">' . esc_html( Html::text( $words, 'steps' ) ) . '</h3><ol class="steps">' . $way . '</ol>' )
			. ( $held ? '' : $help )
			. Html::fold( Html::text( $words, 'raw' ), $raw )
			. Html::fold( Html::text( $words, 'contents' ), str_replace( array( '<li class="note">', '</li>' ), array( '<li class="note"><bdi>', '</bdi></li>' ), self::items( $parcel, 'contents' ) ) )
			. implode( '', array_map( array( self::class, 'number' ), Html::list_of( $parcel, 'numbers' ) ) ) . '</article>';
	}

	/** @param array<string,mixed> $parcel The parcel. */
	private static function now( array $parcel, bool $is_one ): string {
		$days = Html::text( $parcel, 'expected' );
		$by   = $days === '' ? '' : Html::text( $parcel, 'expected_by' );
		$days = $days === '' ? Html::text( $parcel, 'since' ) : $days;
		$said = self::words( 'h3', 'title', Html::text( $parcel, 'title' ) );
		if ( ! $is_one ) {
			$said .= self::words( 'p', 'headline ' . sanitize_html_class( Html::text( $parcel, 'situation' ) ), Html::text( $parcel, 'headline' ) );
		}
		if ( $days !== '' ) {
			$said .= '<p class="expected">' . esc_html( $days ) . ( $by === '' ? '' : ' <span class="by">' . esc_html( $by ) . '</span>' ) . '</p>';
		}
		return $said . self::words( 'p', 'note', Html::text( $parcel, 'text' ) );
	}

	/** @param array<string,mixed> $parcel The parcel. */
	private static function customs( array $parcel, string $name ): string {
		$told = isset( $parcel['customs'] ) && is_array( $parcel['customs'] ) ? $parcel['customs'] : array();
		$link = Html::link( array( 'text' => Html::text( $told, 'source' ), 'url' => Html::text( $told, 'url' ) ), 'more' );
		$help = Html::fold( $name, self::items( $told, 'lines' ) . ( $link === '' ? '' : '<li>' . $link . '</li>' ) );
		return empty( $told['is_held'] ) ? $help : str_replace( '<details>', '<details open>', $help );
	}

	/** @param array<string,mixed> $step A step of the way. */
	private static function step( array $step ): string {
		$rest = '';
		foreach ( array_filter( array( Html::text( $step, 'place' ), Html::text( $step, 'source' ) ), 'strlen' ) as $text ) {
			$rest .= ' · <bdi>' . esc_html( $text ) . '</bdi>';
		}
		return '<li class="step"' . ( empty( $step['is_current'] ) ? '' : ' aria-current="step"' ) . '><p class="what">' . esc_html( Html::text( $step, 'title' ) ) . '</p>'
			. '<p class="note"><time datetime="' . esc_attr( Html::text( $step, 'at' ) ) . '">' . esc_html( Html::text( $step, 'when' ) ) . '</time>' . $rest . '</p></li>';
	}

	/**
	 * What the tellers wrote of a step, in whatever language that is.
	 *
	 * @param array<string,mixed> $step A step of the way.
	 */
	private static function raw( array $step ): string {
		$said = '';
		foreach ( self::texts( $step, 'raw' ) as $text ) {
			$said .= '<span class="raw" dir="auto">' . esc_html( $text ) . '</span>';
		}
		return $said === '' ? '' : '<li class="note"><span>' . esc_html( Html::text( $step, 'when' ) ) . '</span>' . $said . '</li>';
	}

	/** @param array<string,mixed> $number A number it goes under. */
	private static function number( array $number ): string {
		$link = Html::link( array( 'text' => Html::text( $number, 'link' ), 'url' => Html::text( $number, 'url' ) ), 'more' );
		return '<p class="number">' . self::words( 'bdi', '', Html::text( $number, 'carrier' ) ) . '<bdi>' . esc_html( Html::text( $number, 'number' ) ) . '</bdi>' . $link . '</p>';
	}

	/** @param array<string,mixed> $facts Whatever was told. */
	private static function items( array $facts, string $key ): string {
		$items = '';
		foreach ( self::texts( $facts, $key ) as $text ) {
			$items .= '<li class="note">' . esc_html( $text ) . '</li>';
		}
		return $items;
	}

	/**
	 * A list of texts; what is none of them is left out.
	 *
	 * @param array<string,mixed> $facts Whatever was told.
	 * @return string[]
	 */
	private static function texts( array $facts, string $key ): array {
		return isset( $facts[ $key ] ) && is_array( $facts[ $key ] ) ? array_values( array_filter( $facts[ $key ], 'is_string' ) ) : array();
	}

	/** An element with words in it, or nothing where there are none. */
	private static function words( string $tag, string $class, string $text ): string {
		$class = $class === '' ? '' : ' class="' . esc_attr( $class ) . '"';
		return $text === '' ? '' : '<' . $tag . $class . '>' . esc_html( $text ) . '</' . $tag . '>';
	}
}

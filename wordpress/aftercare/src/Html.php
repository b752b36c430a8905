<?php

namespace Aftercare\Companion;

/** Told words as markup: the elements' own light DOM, so that nothing moves when an element has an answer. All escaped. */
final class Html {
	/**
	 * The badge of a product. Without a market it is the same for everybody: the way to the whole policy, in words that
	 * hold everywhere, until the element has those for the visitor's country. With one, those words in a line that opens,
	 * and place for the days to expect the goods, which the element alone knows.
	 *
	 * @param string[]             $ids     By which the app may know the product.
	 * @param array<string,mixed>  $neutral Text and address of the whole policy.
	 * @param array<string,string> $also    Further attributes of the element.
	 */
	public static function badge( Connection $connection, ?Market $market, string $product, array $ids, array $neutral = array(), array $also = array() ): string {
		$place = array( 'arrives' => $market !== null && $market->arrives() ? 'arrives' : '' );
		$open  = self::element( 'aftercare-policy-badge', $connection, array( 'product' => $product ) + $also + $place );
		$link  = self::link( $neutral, 'more' );
		$body  = $link === '' ? '' : '<p class="aftercare-anywhere">' . $link . '</p>';
		if ( $market !== null ) {
			$promise = $market->promise( $ids );
			$body    = '<details class="badge"' . self::language( $market ) . ' data-country="' . esc_attr( $market->country() ) . '">'
				. '<summary class="compact"><span class="icon"></span><span class="summary">' . esc_html( self::text( $promise, 'summary' ) ) . '</span><span class="chevron"></span></summary>'
				. '<dl class="lines">' . self::lines( $promise ) . '</dl>'
				. self::link( $market->details(), 'more' )
				. '</details>';
		}
		return $open . $body . '</aftercare-policy-badge>';
	}

	/** The line of a cart, as plain words: the cart changes faster than a page is made anew. */
	public static function banner( ?Market $market, string $words ): string {
		if ( $market === null || $words === '' ) {
			return '';
		}
		return '<p class="aftercare-banner"' . self::language( $market ) . '>' . esc_html( $words ) . '</p>';
	}

	/** Place for the days to expect the goods, which the element alone knows; nothing where the app told of none. */
	public static function arrival( Connection $connection, ?Market $market ): string {
		if ( $market === null || ! $market->arrives() ) {
			return '';
		}
		$where = array( 'country' => $market->country(), 'lang' => $market->language(), 'dir' => $market->direction() );
		return self::element( 'aftercare-arrival', $connection, $where ) . '</aftercare-arrival>';
	}

	/** The promise to a country, open, with the law's and the shop's own told apart. */
	public static function promise( Market $market ): string {
		$promise = $market->promise( array() );
		return '<div class="aftercare-promise"' . self::language( $market ) . '><p class="aftercare-summary">' . esc_html( self::text( $promise, 'summary' ) ) . '</p>'
			. '<dl class="aftercare-lines">' . self::lines( $promise ) . '</dl></div>';
	}

	/**
	 * An order's rights: the window panel with its words in it.
	 *
	 * @param array<string,mixed> $order As the app told it.
	 */
	public static function rights( Connection $connection, array $order ): string {
		$told = isset( $order['entitlements'] ) && is_array( $order['entitlements'] ) ? $order['entitlements'] : array();
		if ( ! $told ) {
			return '';
		}
		$words = isset( $told['words'] ) && is_array( $told['words'] ) ? $told['words'] : array();
		$cards = '';
		foreach ( self::list_of( $told, 'lines' ) as $line ) {
			$cards .= self::card( $line, $words );
		}
		return self::element( 'aftercare-window-panel', $connection, array( 'token' => self::text( $order, 'token' ) ) )
			. '<section class="panel" lang="' . esc_attr( self::text( $told, 'language' ) ) . '" dir="' . ( self::text( $told, 'direction' ) === 'rtl' ? 'rtl' : 'ltr' ) . '">'
			. '<h2 class="heading">' . esc_html( self::text( $words, 'heading' ) ) . '</h2>' . $cards . '</section></aftercare-window-panel>';
	}

	/**
	 * What became of the claims on an order, each with the way to its page.
	 *
	 * @param array<string,mixed> $order As the app told it.
	 */
	public static function claims( array $order ): string {
		$items = '';
		foreach ( self::list_of( $order, 'claims' ) as $claim ) {
			$link   = self::link( array( 'text' => self::text( $claim, 'number' ) . ': ' . self::text( $claim, 'title' ), 'url' => self::text( $claim, 'url' ) ), '' );
			$items .= '<li>' . $link . ' ' . esc_html( self::text( $claim, 'text' ) ) . '</li>';
		}
		return $items === '' ? '' : '<ul class="aftercare-claims" lang="' . esc_attr( self::text( $order, 'language' ) ) . '">' . $items . '</ul>';
	}

	/**
	 * A link, or nothing where there is none.
	 *
	 * @param array<string,mixed> $link Text, address, and the language of the text where it has its own.
	 */
	public static function link( array $link, string $class ): string {
		$url  = esc_url( self::text( $link, 'url' ), array( 'http', 'https' ) );
		$text = self::text( $link, 'text' );
		if ( $url === '' || $text === '' ) {
			return '';
		}
		$language = self::text( $link, 'language' ) !== '' ? ' lang="' . esc_attr( self::text( $link, 'language' ) ) . '"' : '';
		$class = $class !== '' ? ' class="' . esc_attr( $class ) . '"' : '';
		return '<a' . $class . $language . ' href="' . $url . '">' . esc_html( $text ) . '</a>';
	}

	/**
	 * A line of the order with its rights; those that are over fold away, as do the sources.
	 *
	 * @param array<string,mixed> $line  The line.
	 * @param array<string,mixed> $words Names of what folds.
	 */
	private static function card( array $line, array $words ): string {
		$open    = '';
		$over    = '';
		$sources = array();
		foreach ( self::list_of( $line, 'clocks' ) as $clock ) {
			$is_over = in_array( self::text( $clock, 'state' ), array( 'closed', 'not_applicable' ), true );
			$open   .= $is_over ? '' : self::clock( $clock, 'sentence', array( 'payer', 'reason' ) );
			$over   .= $is_over ? self::clock( $clock, 'reason', array( 'reason' ) ) : '';
			foreach ( self::list_of( $clock, 'sources' ) as $source ) {
				$sources[ self::text( $source, 'citation' ) ] = '<li class="source">' . esc_html( self::text( $source, 'citation' ) ) . '</li>';
			}
		}
		return '<article class="line"><h3 class="title">' . esc_html( self::text( $line, 'title' ) ) . '</h3><ul class="clocks">' . $open . '</ul>'
			. self::fold( self::text( $words, 'closed' ), $over ) . self::fold( self::text( $words, 'sources' ), implode( '', $sources ) ) . '</article>';
	}

	/**
	 * One right.
	 *
	 * @param array<string,mixed> $clock The right.
	 * @param string[]            $also  What is said below the sentence.
	 */
	private static function clock( array $clock, string $class, array $also ): string {
		$said = '<p class="' . $class . '">' . esc_html( self::text( $clock, 'sentence' ) ) . '</p>';
		foreach ( $also as $key ) {
			$said .= self::text( $clock, $key ) === '' ? '' : '<p class="reason">' . esc_html( self::text( $clock, $key ) ) . '</p>';
		}
		return '<li class="clock"><div class="head"><span class="name">' . esc_html( self::text( $clock, 'title' ) ) . ' <span class="label">' . esc_html( self::text( $clock, 'label' ) ) . '</span></span>'
			. '<span class="state ' . esc_attr( sanitize_html_class( self::text( $clock, 'state' ) ) ) . '">' . esc_html( self::text( $clock, 'state_word' ) ) . '</span></div>' . $said . '</li>';
	}

	public static function fold( string $name, string $items ): string {
		if ( $items === '' ) {
			return '';
		}
		return '<details><summary class="fold"><span>' . esc_html( $name ) . '</span><span class="chevron"></span></summary><ul class="folded">' . $items . '</ul></details>';
	}

	/** @param array<string,mixed> $promise A promise. */
	private static function lines( array $promise ): string {
		$lines = '';
		foreach ( self::list_of( $promise, 'lines' ) as $line ) {
			$lines .= '<div class="line ' . esc_attr( sanitize_html_class( self::text( $line, 'kind' ) ) ) . '"><dt class="label">' . esc_html( self::text( $line, 'label' ) ) . '</dt><dd class="words">' . esc_html( self::text( $line, 'text' ) ) . '</dd></div>';
		}
		return $lines;
	}

	/** @param array<string,string> $also Attributes, empty ones left out. */
	public static function element( string $name, Connection $connection, array $also ): string {
		$attributes = '';
		foreach ( array( 'shop' => $connection->shop(), 'endpoint' => $connection->endpoint() ) + $also as $key => $value ) {
			$attributes .= $value === '' ? '' : ' ' . $key . '="' . esc_attr( $value ) . '"';
		}
		return '<' . $name . $attributes . '>';
	}

	private static function language( Market $market ): string {
		return ' lang="' . esc_attr( $market->language() ) . '" dir="' . esc_attr( $market->direction() ) . '"';
	}

	/** @param array<string,mixed> $facts Whatever was told. */
	public static function text( array $facts, string $key ): string {
		return isset( $facts[ $key ] ) && is_string( $facts[ $key ] ) ? $facts[ $key ] : '';
	}

	/**
	 * A list of facts; what is none of them is left out.
	 *
	 * @param array<string,mixed> $facts Whatever was told.
	 * @return array<int,array<string,mixed>>
	 */
	public static function list_of( array $facts, string $key ): array {
		return isset( $facts[ $key ] ) && is_array( $facts[ $key ] ) ? array_values( array_filter( $facts[ $key ], 'is_array' ) ) : array();
	}
}

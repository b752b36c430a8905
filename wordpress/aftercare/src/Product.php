<?php

namespace Aftercare\Companion;

/**
 * The badge on a product's page, and what search engines are told there. The same for everybody, so that pages may be cached
 * whole: the element finds the words for the visitor's country. Who is signed in is sent those words at once.
 */
final class Product {
	/** @var Connection */
	private static $connection;

	/** @var bool */
	private static $is_shown = false;

	public static function register( Connection $connection, Settings $settings ): void {
		self::$connection = $connection;
		if ( $settings->wants( 'badge' ) ) {
			add_filter( 'render_block_woocommerce/add-to-cart-form', array( self::class, 'after_block' ) );
			add_filter( 'render_block_woocommerce/add-to-cart-with-options', array( self::class, 'after_block' ) );
			add_action( 'woocommerce_single_product_summary', array( self::class, 'in_summary' ), 35 );
		}
		if ( $settings->wants( 'json_ld' ) ) {
			add_action( 'wp_footer', array( self::class, 'data' ) );
		}
	}

	/** In block themes: below the form that puts it in the cart. */
	public static function after_block( string $html ): string {
		return wp_is_block_theme() ? $html . self::once() : $html;
	}

	/** In classic themes: below the same form. */
	public static function in_summary(): void {
		if ( ! wp_is_block_theme() ) {
			echo self::once(); // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- Html escapes every word.
		}
	}

	/** The badge of a product. */
	public static function badge( \WC_Product $product ): string {
		self::$is_shown = true;
		Assets::element( 'policy-badge' );
		return self::markup( (string) $product->get_id(), self::ids( $product ) );
	}

	/**
	 * The badge of what has these ids; of everything in the shop without any. A page for everybody holds place for the days
	 * to expect the goods where the home market, which most visitors are told, has any.
	 *
	 * @param string[] $ids The product's.
	 */
	public static function markup( string $product, array $ids ): string {
		$market = Visitor::market();
		$told   = $market ? $market : Told::market();
		$also   = array(
			'fallback' => Kept::address(),
			'country'  => $market ? $market->country() : '',
			'arrives'  => $told && $told->arrives() ? 'arrives' : '',
		);
		return Html::badge( self::$connection, $market, $product, $ids, Told::anywhere( 'details' ), $also );
	}

	/**
	 * The ids by which the app may know it: its own, then its parent's.
	 *
	 * @return string[]
	 */
	public static function ids( \WC_Product $product ): array {
		$ids = array( (string) $product->get_id() );
		return $product->get_parent_id() ? array_merge( $ids, array( (string) $product->get_parent_id() ) ) : $ids;
	}

	/** schema.org data as the app gave it, unable to end its script. */
	public static function data(): void {
		$product = self::here();
		$market  = $product ? Told::market() : null;
		if ( $product === null || $market === null || $market->country() === '' ) {
			return;
		}
		$data = Answers::get( Question::data( $product->get_id(), $market->country(), $market->language() ) );
		if ( $data ) {
			echo '<script type="application/ld+json">' . wp_json_encode( $data, JSON_HEX_TAG | JSON_HEX_AMP | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE ) . '</script>';
		}
	}

	/** The badge of the page's product, unless it stands there already. */
	private static function once(): string {
		$product = self::here();
		return $product !== null && ! self::$is_shown ? self::badge( $product ) : '';
	}

	/** The product this page is about, not one of those it recommends. */
	private static function here(): ?\WC_Product {
		$found = is_product() ? wc_get_product( get_queried_object_id() ) : null;
		return $found ? $found : null;
	}
}

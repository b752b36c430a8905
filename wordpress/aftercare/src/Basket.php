<?php

namespace Aftercare\Companion;

/**
 * The line in cart and checkout, and below it when the goods should arrive: by hooks where they are shortcodes, by a slot
 * where they are blocks.
 */
final class Basket {
	/** @var Connection */
	private static $connection;

	public static function register( Connection $connection, Settings $settings ): void {
		self::$connection = $connection;
		if ( ! $settings->wants( 'banner' ) ) {
			return;
		}
		add_action( 'woocommerce_proceed_to_checkout', array( self::class, 'show' ), 5 );
		add_action( 'woocommerce_review_order_before_submit', array( self::class, 'show' ) );
		add_action( 'woocommerce_blocks_loaded', array( self::class, 'extend_store_api' ) );
		add_action( 'woocommerce_blocks_enqueue_cart_block_scripts_after', array( self::class, 'script' ) );
		add_action( 'woocommerce_blocks_enqueue_checkout_block_scripts_after', array( self::class, 'script' ) );
		if ( did_action( 'woocommerce_blocks_loaded' ) ) {
			self::extend_store_api();
		}
	}

	public static function show(): void {
		list( $market, $words ) = self::line();
		Assets::element( 'arrival' );
		$line = Html::banner( $market, $words ) . Html::arrival( self::$connection, self::is_sent() ? $market : null );
		echo $line; // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- Html escapes every word.
	}

	/** The cart's answer carries the line, so that it follows every change of cart and country. */
	public static function extend_store_api(): void {
		woocommerce_store_api_register_endpoint_data(
			array(
				'endpoint'        => 'cart',
				'namespace'       => 'aftercare',
				'data_callback'   => array( self::class, 'data' ),
				'schema_callback' => array( self::class, 'schema' ),
				'schema_type'     => ARRAY_A,
			)
		);
	}

	/** @return array<string,string> */
	public static function data(): array {
		list( $market, $words ) = self::line();
		return array(
			'banner'    => $words,
			'language'  => $market ? $market->language() : '',
			'direction' => $market ? $market->direction() : '',
			'arrives'   => $market && $market->arrives() && self::is_sent() ? $market->country() : '',
		);
	}

	/** @return array<string,array<string,mixed>> */
	public static function schema(): array {
		$text = array( 'type' => 'string', 'context' => array( 'view' ), 'readonly' => true );
		return array( 'banner' => $text, 'language' => $text, 'direction' => $text, 'arrives' => $text );
	}

	public static function script(): void {
		$after = array( 'wp-plugins', 'wp-element', 'wc-blocks-checkout' );
		wp_enqueue_script( 'aftercare-basket', plugins_url( 'assets/basket.js', FILE ), $after, VERSION, true );
		$asks = array( 'shop' => self::$connection->shop(), 'endpoint' => self::$connection->endpoint() );
		wp_add_inline_script( 'aftercare-basket', 'window.aftercareBasket=' . wp_json_encode( $asks, JSON_HEX_TAG ) . ';', 'before' );
		Assets::element( 'arrival' );
	}

	/** Whether anything in the cart travels. */
	private static function is_sent(): bool {
		return WC()->cart && WC()->cart->needs_shipping();
	}

	/**
	 * What the country of the goods is told, and the line for what lies in the cart.
	 *
	 * @return array{0:?Market,1:string}
	 */
	private static function line(): array {
		$wc = WC();
		if ( ! $wc->cart || ! $wc->customer || $wc->cart->is_empty() ) {
			return array( null, '' );
		}
		$market = Told::market( (string) $wc->customer->get_shipping_country() );
		$goods  = array();
		foreach ( $wc->cart->get_cart() as $item ) {
			if ( $item['data'] instanceof \WC_Product ) {
				$goods[] = Product::ids( $item['data'] );
			}
		}
		return array( $market, $market && $goods ? $market->banner( $goods ) : '' );
	}
}

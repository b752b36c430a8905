<?php

namespace Aftercare\Companion;

/** The same surfaces as blocks and a shortcode, for who wants them elsewhere; drawn by the server, in the editor too. */
final class Blocks {
	/** @var Connection */
	private static $connection;

	public static function register( Connection $connection ): void {
		self::$connection = $connection;
		add_action( 'init', array( self::class, 'blocks' ) );
		add_action( 'enqueue_block_assets', array( self::class, 'editor_styles' ) );
		add_shortcode( 'aftercare_page', array( self::class, 'page' ) );
	}

	public static function blocks(): void {
		$after = array( 'wp-blocks', 'wp-element', 'wp-server-side-render', 'wp-block-editor', 'wp-components', 'wp-i18n' );
		wp_register_script( 'aftercare-blocks', plugins_url( 'assets/blocks.js', FILE ), $after, VERSION, true );
		wp_add_inline_script( 'aftercare-blocks', 'window.aftercareBlocks=' . wp_json_encode( self::names(), JSON_HEX_TAG ) . ';', 'before' );
		foreach ( array( 'badge', 'page', 'links', 'order', 'tracking' ) as $name ) {
			register_block_type(
				'aftercare/' . $name,
				array(
					'api_version'     => 3,
					'title'           => self::names()[ $name ],
					'category'        => 'woocommerce',
					'editor_script'   => 'aftercare-blocks',
					'uses_context'    => array( 'postId', 'postType' ),
					'supports'        => array( 'html' => false, 'align' => array( 'wide', 'full' ), 'spacing' => array( 'margin' => true ) ),
					'render_callback' => array( self::class, $name ),
				)
			);
		}
	}

	/** What the blocks look like is the same in the editor. */
	public static function editor_styles(): void {
		if ( is_admin() ) {
			Assets::styles();
		}
	}

	/**
	 * The badge of the product around the block; in the editor of a template, the shop's general one.
	 *
	 * @param array<string,mixed> $attributes Unused.
	 * @param mixed               $block      With the post it stands in.
	 */
	public static function badge( array $attributes, string $content = '', $block = null ): string {
		$id      = is_object( $block ) && isset( $block->context['postId'] ) ? (int) $block->context['postId'] : (int) get_the_ID();
		$product = $id ? wc_get_product( $id ) : null;
		$html    = $product ? Product::badge( $product ) : Product::markup( '', array() );
		return '<div ' . self::wrapper() . '>' . $html . '</div>';
	}

	/** The after-sales page: the promise by the element, and all of it in a frame that loads when it is opened. */
	public static function page(): string {
		$frame   = self::$connection->page_link( Language::here(), '', true );
		$details = Told::anywhere( 'details' );
		$name    = isset( $details['text'] ) && is_string( $details['text'] ) ? $details['text'] : __( 'Returns & warranty', 'aftercare' );
		Assets::element( 'policy-badge' );
		$promise = Product::markup( '', array() );
		return '<div class="aftercare-page">' . $promise
			. '<details class="aftercare-whole"><summary>' . esc_html( $name ) . '</summary><iframe loading="lazy" title="' . esc_attr( $name ) . '" src="' . esc_url( $frame ) . '"></iframe></details>'
			. Footer::links() . '</div>';
	}

	/** The links of the footer. */
	public static function links(): string {
		return '<div ' . self::wrapper() . '>' . Footer::links() . '</div>';
	}

	/** The order of the page it stands in: for a thank-you page that is made of blocks. */
	public static function order(): string {
		$order = self::order_here();
		if ( ! $order ) {
			return is_admin() || ( defined( 'REST_REQUEST' ) && REST_REQUEST ) ? '<p>' . esc_html__( 'What the order entitles to is shown here.', 'aftercare' ) . '</p>' : '';
		}
		ob_start();
		OrderPage::show( $order );
		return (string) ob_get_clean();
	}

	/** Where the parcels of the order around it are, else the form that finds an order. */
	public static function tracking(): string {
		return '<div ' . self::wrapper() . '>' . Tracking::page() . '</div>';
	}

	/** The order whose key stands in the address, as WooCommerce itself asks for it. */
	public static function order_here(): ?\WC_Order {
		$order = wc_get_order( absint( get_query_var( 'order-received' ) ) );
		$key   = isset( $_GET['key'] ) ? sanitize_text_field( wp_unslash( $_GET['key'] ) ) : ''; // phpcs:ignore WordPress.Security.NonceVerification.Recommended -- a capability of its own.
		$is_it = $order instanceof \WC_Order && $key !== '' && hash_equals( $order->get_order_key(), $key );
		return $is_it ? $order : null;
	}

	/** @return array<string,string> */
	private static function names(): array {
		return array(
			'badge'    => __( 'Aftercare: promise badge', 'aftercare' ),
			'page'     => __( 'Aftercare: after-sales page', 'aftercare' ),
			'links'    => __( 'Aftercare: links to returns and withdrawal', 'aftercare' ),
			'order'    => __( 'Aftercare: what an order entitles to', 'aftercare' ),
			'tracking' => __( 'Aftercare: parcel tracking', 'aftercare' ),
		);
	}

	private static function wrapper(): string {
		return function_exists( 'get_block_wrapper_attributes' ) && \WP_Block_Supports::$block_to_render ? get_block_wrapper_attributes() : 'class="aftercare-block"';
	}
}

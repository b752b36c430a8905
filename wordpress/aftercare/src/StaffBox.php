<?php

namespace Aftercare\Companion;

/** Beside an order in the shop's own admin: what it entitles to and what became of claims. Staff may wait a moment. */
final class StaffBox {
	/** @var Connection */
	private static $connection;

	public static function register( Connection $connection ): void {
		self::$connection = $connection;
		add_action( 'add_meta_boxes', array( self::class, 'add' ) );
	}

	public static function add(): void {
		$screen = function_exists( 'wc_get_page_screen_id' ) ? wc_get_page_screen_id( 'shop-order' ) : 'shop_order';
		add_meta_box( 'aftercare', __( 'Returns & warranty', 'aftercare' ), array( self::class, 'show' ), $screen, 'normal' );
	}

	/** @param mixed $post The order, or its post where orders are posts. */
	public static function show( $post ): void {
		$order = $post instanceof \WP_Post ? wc_get_order( $post->ID ) : $post;
		if ( ! $order instanceof \WC_Order || ! current_user_can( 'edit_shop_orders' ) ) {
			return;
		}
		$told = Told::order( $order->get_id() );
		if ( ! $told && ! Client::rests() ) {
			( new Client( self::$connection ) )->answer( Question::order( $order->get_id(), Language::here() ) );
			$told = Told::order( $order->get_id() );
		}
		wp_enqueue_style( 'aftercare-elements', plugins_url( 'assets/widgets/aftercare.css', FILE ), array(), VERSION );
		if ( ! $told ) {
			echo '<p>' . esc_html__( 'The app has not told anything of this order yet. It reads the shop every few minutes.', 'aftercare' ) . '</p>';
			return;
		}
		// phpcs:disable WordPress.Security.EscapeOutput.OutputNotEscaped -- Html escapes every word.
		echo Html::claims( $told ) . Html::rights( self::$connection, $told );
		$desk = self::$connection->address( '/admin/orders?q=' . rawurlencode( $order->get_order_number() ) );
		echo '<p>' . Html::link( array( 'text' => __( 'Open in Aftercare', 'aftercare' ), 'url' => $desk ), '' ) . '</p>';
		// phpcs:enable
	}
}

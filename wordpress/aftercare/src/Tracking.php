<?php

namespace Aftercare\Companion;

/**
 * Where an order's parcels are: above the order in the account and after the purchase, and anywhere by shortcode or block.
 *
 * An order is shown to whom WooCommerce shows it: its customer, or whoever has its key in the address. Everybody else gets
 * a form that leads to the app's own page, which asks for number and e-mail address and tells nobody which orders there are.
 */
final class Tracking {
	/** @var Connection */
	private static $connection;

	public static function register( Connection $connection ): void {
		self::$connection = $connection;
		add_action( 'woocommerce_thankyou', array( self::class, 'above_order' ), 5 );
		add_action( 'woocommerce_view_order', array( self::class, 'above_order' ), 5 );
		add_shortcode( 'aftercare_tracking', array( self::class, 'page' ) );
	}

	/** @param int|string $order_id WooCommerce gives either. */
	public static function above_order( $order_id ): void {
		$order = wc_get_order( (int) $order_id );
		if ( $order instanceof \WC_Order ) {
			echo self::order( $order ); // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- Parcels escapes every word.
		}
	}

	/** Its parcels; nothing before the app has the order. */
	public static function order( \WC_Order $order ): string {
		$shown = Parcels::shown( self::$connection, Told::order( $order->get_id() ) );
		if ( $shown !== '' ) {
			Assets::element( 'tracking' );
		}
		return $shown === '' ? '' : '<div class="aftercare-order">' . $shown . '</div>';
	}

	/** The order whose page or key this is; else the form that finds one. */
	public static function page(): string {
		$order = self::here();
		$shown = $order ? self::order( $order ) : '';
		return $shown !== '' ? $shown : self::form( $order ? (string) $order->get_order_number() : '' );
	}

	/** The form for anybody: what is typed goes to the app's page and nowhere else. */
	public static function form( string $number ): string {
		$action = esc_url( self::$connection->tracking_link( '', Language::here() ), array( 'http', 'https' ) );
		return '<form class="aftercare-find" method="post" action="' . $action . '"><h2>' . esc_html__( 'Track your order', 'aftercare' ) . '</h2>'
			. '<label>' . esc_html__( 'Order number', 'aftercare' ) . '<input name="number" required maxlength="64" autocomplete="off" value="' . esc_attr( $number ) . '"></label>'
			. '<label>' . esc_html__( 'E-mail address you ordered with', 'aftercare' ) . '<input name="email" type="email" dir="ltr" required maxlength="254" autocomplete="email"></label>'
			. '<button type="submit" class="button wp-element-button">' . esc_html__( 'Find order', 'aftercare' ) . '</button></form>';
	}

	/** The order of this page, for whom WooCommerce itself would show it. */
	private static function here(): ?\WC_Order {
		$viewed = wc_get_order( absint( get_query_var( 'view-order' ) ) );
		if ( $viewed instanceof \WC_Order && current_user_can( 'view_order', $viewed->get_id() ) ) {
			return $viewed;
		}
		return Blocks::order_here();
	}
}

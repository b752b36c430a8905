<?php

namespace Aftercare\Companion;

/** What an order entitles to, on the page that thanks for it and on its own page in the account. */
final class OrderPage {
	/** @var Connection */
	private static $connection;

	public static function register( Connection $connection ): void {
		self::$connection = $connection;
		add_action( 'woocommerce_thankyou', array( self::class, 'after_purchase' ), 20 );
		add_action( 'woocommerce_view_order', array( self::class, 'in_account' ), 20 );
		add_action( 'woocommerce_order_status_changed', array( self::class, 'outdate' ) );
		add_action( 'woocommerce_order_refunded', array( self::class, 'outdate' ) );
		add_action( 'woocommerce_update_order', array( self::class, 'outdate' ) );
	}

	/** @param int|string $order_id WooCommerce gives either. */
	public static function after_purchase( $order_id ): void {
		$order = wc_get_order( (int) $order_id );
		if ( $order instanceof \WC_Order ) {
			self::show( $order );
		}
	}

	/** @param int|string $order_id WooCommerce gives either. */
	public static function in_account( $order_id ): void {
		self::after_purchase( $order_id );
	}

	/** @param int|string $order_id WooCommerce gives either. */
	public static function outdate( $order_id ): void {
		Answers::outdate( Question::order( (int) $order_id, Language::here() ) );
	}

	/** Its rights; before the app has the order, what its country is promised. */
	public static function show( \WC_Order $order ): void {
		$told   = Told::order( $order->get_id() );
		$rights = Html::rights( self::$connection, $told );
		$market = Told::market( self::country( $order ) );
		if ( $rights !== '' ) {
			Assets::element( 'window-panel' );
		}
		echo '<section class="aftercare-order">';
		// phpcs:disable WordPress.Security.EscapeOutput.OutputNotEscaped -- Html escapes every word.
		echo $rights !== '' ? $rights : ( $market ? '<h2>' . esc_html( $market->heading() ) . '</h2>' . Html::promise( $market ) : '' );
		echo Html::claims( $told );
		echo '<p class="aftercare-ways">' . implode( ' ', self::ways( $order, $told, $market ) ) . '</p>';
		// phpcs:enable
		echo '</section>';
	}

	/**
	 * The ways on: into a claim, and out of the contract where the law wants that way.
	 *
	 * @param array<string,mixed> $told What the app told of the order.
	 * @return string[]
	 */
	public static function ways( \WC_Order $order, array $told, ?Market $market ): array {
		$start      = array( 'text' => Told::entry(), 'url' => self::claim_link( $order ) );
		$withdrawal = isset( $told['withdrawal'] ) && is_array( $told['withdrawal'] ) ? $told['withdrawal'] : array();
		if ( ! $withdrawal && ! $told ) {
			$withdrawal = $market ? $market->withdrawal() : Told::anywhere( 'withdrawal' );
		}
		return array_filter( array( Html::link( $start, 'button' ), Html::link( $withdrawal, 'button' ) ), 'strlen' );
	}

	/** Straight to the goods for the customer who is signed in; everybody else shows the order's e-mail address first. */
	public static function claim_link( \WC_Order $order ): string {
		$customer = (int) $order->get_customer_id();
		if ( $customer > 0 && $customer === get_current_user_id() ) {
			return self::$connection->order_link( $order->get_id(), $customer, Language::here(), time() );
		}
		return self::$connection->claim_link( $order->get_order_number(), Language::here() );
	}

	/** Where the goods go. */
	public static function country( \WC_Order $order ): string {
		return (string) ( $order->get_shipping_country() ? $order->get_shipping_country() : $order->get_billing_country() );
	}
}

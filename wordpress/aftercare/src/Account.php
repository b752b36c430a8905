<?php

namespace Aftercare\Companion;

/** "Returns & warranty" in the customer's account: their orders with what each still entitles to, and the ways on. */
final class Account {
	const ENDPOINT = 'returns-warranty';
	const REWRITE  = 'aftercare_rewrite';
	const SHOWN    = 20;

	/** @var Connection */
	private static $connection;

	public static function register( Connection $connection ): void {
		self::$connection = $connection;
		add_filter( 'woocommerce_get_query_vars', array( self::class, 'query_vars' ) );
		add_filter( 'woocommerce_account_menu_items', array( self::class, 'menu' ) );
		add_filter( 'woocommerce_endpoint_' . self::ENDPOINT . '_title', array( self::class, 'title' ) );
		add_action( 'woocommerce_account_' . self::ENDPOINT . '_endpoint', array( self::class, 'show' ) );
		add_filter( 'woocommerce_my_account_my_orders_actions', array( self::class, 'actions' ), 10, 2 );
		add_action( 'wp_loaded', array( self::class, 'rewrite' ) );
	}

	/** The address of the page is new: have WordPress learn it at the next chance. */
	public static function ask_for_rewrite(): void {
		update_option( self::REWRITE, '1', true );
	}

	public static function rewrite(): void {
		if ( get_option( self::REWRITE ) ) {
			delete_option( self::REWRITE );
			flush_rewrite_rules( false );
		}
	}

	/**
	 * @param array<string,string> $vars Endpoints by key.
	 * @return array<string,string>
	 */
	public static function query_vars( array $vars ): array {
		return $vars + array( self::ENDPOINT => self::ENDPOINT );
	}

	/**
	 * Below the orders.
	 *
	 * @param array<string,string> $items Names by endpoint.
	 * @return array<string,string>
	 */
	public static function menu( array $items ): array {
		$place = array_search( 'orders', array_keys( $items ), true );
		$after = $place === false ? 0 : $place + 1;
		return array_slice( $items, 0, $after, true ) + array( self::ENDPOINT => self::title() ) + array_slice( $items, $after, null, true );
	}

	public static function title(): string {
		return __( 'Returns & warranty', 'aftercare' );
	}

	/**
	 * @param array<string,array<string,string>> $actions By key.
	 * @return array<string,array<string,string>>
	 */
	public static function actions( array $actions, \WC_Order $order ): array {
		if ( $order->is_paid() ) {
			$actions['aftercare'] = array( 'url' => OrderPage::claim_link( $order ), 'name' => self::title() );
		}
		return $actions;
	}

	public static function show(): void {
		$orders = self::orders( get_current_user_id() );
		if ( ! $orders ) {
			echo '<p>' . esc_html__( 'Find your order first. You need no account.', 'aftercare' ) . '</p>';
		}
		Assets::element( 'window-panel' );
		foreach ( $orders as $place => $order ) {
			self::order( $order, $place === 0 );
		}
		$link = array( 'text' => __( 'Find order', 'aftercare' ), 'url' => self::$connection->claim_link( '', Language::here() ) );
		echo '<p>' . esc_html__( 'Have the order number at hand, and the e-mail address you ordered with.', 'aftercare' ) . ' ' . Html::link( $link, '' ) . '</p>'; // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- Html escapes.
	}

	/**
	 * What the customer has bought; a checkout that was left is no order yet.
	 *
	 * @return \WC_Order[]
	 */
	private static function orders( int $customer ): array {
		$statuses = array_diff( array_keys( wc_get_order_statuses() ), array( 'wc-checkout-draft', 'wc-pending', 'wc-failed' ) );
		return $customer > 0 ? wc_get_orders( array( 'customer_id' => $customer, 'status' => $statuses, 'limit' => self::SHOWN, 'orderby' => 'date', 'order' => 'DESC', 'type' => 'shop_order' ) ) : array();
	}

	private static function order( \WC_Order $order, bool $is_open ): void {
		$told  = Told::order( $order->get_id() );
		$day   = $order->get_date_created() ? wc_format_datetime( $order->get_date_created() ) : '';
		/* translators: %s: order number */
		$title = sprintf( __( 'Order %s', 'aftercare' ), $order->get_order_number() );
		$where = isset( $told['tracking'] ) && is_array( $told['tracking'] ) ? Html::text( $told['tracking'], 'heading' ) : '';
		$ways  = OrderPage::ways( $order, $told, Told::market( OrderPage::country( $order ) ) );
		echo '<details class="aftercare-account-order"' . ( $is_open ? ' open' : '' ) . '><summary>' . esc_html( $title ) . ( $day !== '' ? ' <span class="aftercare-day">' . esc_html( $day ) . '</span>' : '' ) . ( $where !== '' ? ' <span class="aftercare-day">' . esc_html( $where ) . '</span>' : '' ) . '</summary>';
		// phpcs:disable WordPress.Security.EscapeOutput.OutputNotEscaped -- Html escapes every word.
		echo Html::claims( $told ) . Html::rights( self::$connection, $told );
		echo '<p class="aftercare-ways">' . implode( ' ', $ways ) . '</p></details>';
		// phpcs:enable
	}
}

<?php

namespace Aftercare\Companion;

/** The ways on in mails to customers, below what was ordered; also where the law wants the way out of the contract. */
final class Mail {
	/** @var Connection */
	private static $connection;

	public static function register( Connection $connection, Settings $settings ): void {
		self::$connection = $connection;
		if ( $settings->wants( 'mail' ) ) {
			add_action( 'woocommerce_email_after_order_table', array( self::class, 'show' ), 20, 3 );
		}
	}

	/**
	 * @param mixed $order    The order.
	 * @param bool  $to_admin Whether the mail is for the shop.
	 * @param bool  $is_plain Whether it is without markup.
	 */
	public static function show( $order, $to_admin = false, $is_plain = false ): void {
		if ( $to_admin || ! $order instanceof \WC_Order ) {
			return;
		}
		foreach ( self::links( $order ) as $link ) {
			if ( $is_plain ) {
				echo "\n" . esc_html( wp_strip_all_tags( (string) $link['text'] ) ) . ': ' . esc_url_raw( (string) $link['url'], array( 'http', 'https' ) ) . "\n";
			} else {
				echo '<p>' . Html::link( $link, '' ) . '</p>'; // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- Html escapes every word.
			}
		}
	}

	/**
	 * The ways on: those of the order's country, and those of every page while nothing is kept of it. A mail is sent once:
	 * the withdrawal function must not be missing in that of the first customer from a country. Once the goods have left,
	 * where they are comes first.
	 *
	 * @return array<int,array<string,mixed>>
	 */
	private static function links( \WC_Order $order ): array {
		$market = Told::market( OrderPage::country( $order ) );
		$claim  = array( 'text' => Told::entry(), 'url' => self::$connection->claim_link( $order->get_order_number(), Language::here() ) );
		$ways   = $market ? array( $market->details(), $market->withdrawal() ) : array( Told::anywhere( 'details' ), Told::anywhere( 'withdrawal' ) );
		$follow = array( 'text' => __( 'Track your order', 'aftercare' ), 'url' => self::$connection->tracking_link( (string) $order->get_order_number(), Language::here() ) );
		$first  = $order->has_status( 'completed' ) ? array( $follow, $claim ) : array( $claim );
		return array_values( array_filter( array_merge( $first, $ways ) ) );
	}
}

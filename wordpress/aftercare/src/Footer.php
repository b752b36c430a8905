<?php

namespace Aftercare\Companion;

/**
 * On every page, the same for everybody: the policy, the way into a claim, and the withdrawal function where the law of any
 * country that is sold to wants it, for guests too.
 */
final class Footer {
	/** @var Connection */
	private static $connection;

	public static function register( Connection $connection, Settings $settings ): void {
		self::$connection = $connection;
		if ( $settings->wants( 'footer' ) ) {
			add_action( 'wp_footer', array( self::class, 'show' ), 5 );
		}
	}

	public static function show(): void {
		echo self::links(); // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- Html escapes every word.
	}

	public static function links(): string {
		$claim = array( 'text' => Told::entry(), 'url' => self::$connection->claim_link( '', Language::here() ) );
		$links = array( Html::link( Told::anywhere( 'details' ), '' ), Html::link( $claim, '' ), Html::link( Told::anywhere( 'withdrawal' ), '' ) );
		return '<nav class="aftercare-footer" aria-label="' . esc_attr__( 'Returns & warranty', 'aftercare' ) . '">' . implode( ' ', array_filter( $links, 'strlen' ) ) . '</nav>';
	}
}

<?php

namespace Aftercare\Companion;

/** The app this shop belongs to, and what it is known by there. */
final class Connection {
	const OPTION    = 'aftercare_connection';
	const PASS_FOR  = 1800;
	const TEXT_KEYS = array( 'app', 'shop', 'secret', 'name', 'country', 'connected_at' );

	/** @var array<string,string> */
	private $facts;

	/** @param array<string,mixed> $facts As the app told them, with its address as `app`. */
	public function __construct( array $facts ) {
		$this->facts = array();
		foreach ( self::TEXT_KEYS as $key ) {
			$this->facts[ $key ] = isset( $facts[ $key ] ) && is_string( $facts[ $key ] ) ? $facts[ $key ] : '';
		}
	}

	/** The connection as it is kept; not made while the shop is connected to nothing. */
	public static function load(): self {
		$kept = get_option( self::OPTION );
		return new self( is_array( $kept ) ? $kept : array() );
	}

	/** Keep it. */
	public function save(): void {
		update_option( self::OPTION, $this->facts, true );
	}

	/** Forget it, the secret included. */
	public static function forget(): void {
		delete_option( self::OPTION );
	}

	public function is_made(): bool {
		return $this->facts['app'] !== '' && $this->facts['shop'] !== '' && $this->facts['secret'] !== '';
	}

	public function app(): string {
		return $this->facts['app'];
	}

	public function shop(): string {
		return $this->facts['shop'];
	}

	public function name(): string {
		return $this->facts['name'];
	}

	public function connected_at(): string {
		return $this->facts['connected_at'];
	}

	/** An address of the app. */
	public function address( string $path ): string {
		return $this->facts['app'] . $path;
	}

	/** Where elements in the page ask. */
	public function endpoint(): string {
		return $this->address( '/storefront/v1/' );
	}

	/** The Authorization header of a request. */
	public function authorization( string $method, string $target, string $body, int $now ): string {
		return Signature::header( $this->facts['secret'], $this->shop(), $method, $target, $body, $now );
	}

	/** Where a signed-in customer goes on with an order of theirs; made for one page view. */
	public function order_link( int $order, int $customer, string $language, int $now ): string {
		$pass = Signature::pass( $this->facts['secret'], $this->shop(), $order, $customer, $now + self::PASS_FOR );
		return $this->address( '/companion/v1/open/' . rawurlencode( $this->shop() ) . '/' . $pass . '?lang=' . rawurlencode( $language ) );
	}

	/** Where anybody goes on with number and e-mail address. */
	public function claim_link( string $number, string $language ): string {
		$query = array_filter( array( 'order' => $number, 'lang' => $language ), 'strlen' );
		return $this->address( '/s/' . rawurlencode( $this->shop() ) . '/claim?' . http_build_query( $query ) );
	}

	/** Where anybody finds an order's parcels with number and e-mail address. */
	public function tracking_link( string $number, string $language ): string {
		$query = array_filter( array( 'order' => $number, 'lang' => $language ), 'strlen' );
		return $this->address( '/s/' . rawurlencode( $this->shop() ) . '/tracking?' . http_build_query( $query ) );
	}

	/** The after-sales page of a language and country, whole or for a frame. */
	public function page_link( string $language, string $country, bool $embedded = false ): string {
		$query = array_filter( array( 'lang' => $language, 'country' => $country, 'embed' => $embedded ? '1' : '' ), 'strlen' );
		return $this->address( '/s/' . rawurlencode( $this->shop() ) . '/?' . http_build_query( $query ) );
	}
}

<?php

namespace Aftercare\Companion;

/** What the shop promises to a country, as it was worded by the app: nothing is decided or worded here. */
final class Market {
	/** @var array<string,mixed> */
	private $body;

	/** @param array<string,mixed> $body As `kept` gives it. */
	public function __construct( array $body ) {
		$this->body = $body;
	}

	/**
	 * What is kept of the app's answers: products that have the first promise need no entry. Of the days to expect the
	 * goods only that there are any: tomorrow they are others.
	 *
	 * @param array<string,mixed>   $policy The policy answer.
	 * @param array<string,mixed>[] $pages  The promises answer, page by page.
	 * @return array<string,mixed>
	 */
	public static function kept( array $policy, array $pages ): array {
		$classes  = $pages && isset( $pages[0]['classes'] ) && is_array( $pages[0]['classes'] ) ? array_values( $pages[0]['classes'] ) : array();
		$places   = array_flip( array_column( $classes, 'id' ) );
		$products = array();
		foreach ( $pages as $page ) {
			foreach ( isset( $page['products'] ) && is_array( $page['products'] ) ? $page['products'] : array() as $each ) {
				$place = isset( $places[ $each['promise'] ] ) ? $places[ $each['promise'] ] : 0;
				if ( $place > 0 ) {
					$products[ (string) $each['product'] ] = $place;
				}
			}
		}
		$from_policy = array_intersect_key( $policy, array_flip( array( 'version', 'language', 'direction', 'market', 'details', 'withdrawal', 'heading', 'summary', 'lines', 'promises', 'banner' ) ) );
		return $from_policy + array( 'classes' => $classes, 'products' => $products, 'arrives' => ! empty( $policy['arrival'] ) );
	}

	/**
	 * The promise a product has, by the first of its ids that has one of its own: a variation's, then its parent's.
	 *
	 * @param string[] $ids The product's.
	 * @return array<string,mixed>
	 */
	public function promise( array $ids ): array {
		$classes = isset( $this->body['classes'] ) && is_array( $this->body['classes'] ) ? $this->body['classes'] : array();
		$place   = $this->place( $ids );
		return isset( $classes[ $place ] ) && is_array( $classes[ $place ] ) ? $classes[ $place ] : $this->body;
	}

	/**
	 * The line for a cart; empty unless everything in it has the same promise, and that one has a line.
	 *
	 * @param array<int,string[]> $goods The ids of each product in the cart.
	 */
	public function banner( array $goods ): string {
		$places = array_unique( array_map( array( $this, 'place' ), $goods ) );
		if ( count( $places ) !== 1 ) {
			return '';
		}
		$promise = $this->promise( reset( $goods ) );
		return isset( $promise['banner'] ) && is_string( $promise['banner'] ) ? $promise['banner'] : '';
	}

	/**
	 * The policy answer for a product, as the app would give it: for the element while the app is away.
	 *
	 * @param string[] $ids The product's.
	 * @return array<string,mixed>
	 */
	public function answer( array $ids ): array {
		$own  = array_intersect_key( $this->promise( $ids ), array_flip( array( 'summary', 'lines', 'promises', 'banner' ) ) );
		$rest = array_diff_key( $this->body, array( 'classes' => 1, 'products' => 1, 'arrives' => 1 ) );
		return $own + $rest + array( 'version' => 'kept' );
	}

	/** Whether the app could say, when it was asked, within which days goods arrive there. */
	public function arrives(): bool {
		return ! empty( $this->body['arrives'] );
	}

	public function language(): string {
		return $this->text( 'language' );
	}

	public function direction(): string {
		return $this->text( 'direction' ) === 'rtl' ? 'rtl' : 'ltr';
	}

	public function country(): string {
		$market = isset( $this->body['market'] ) && is_array( $this->body['market'] ) ? $this->body['market'] : array();
		return isset( $market['country'] ) && is_string( $market['country'] ) ? $market['country'] : '';
	}

	public function heading(): string {
		return $this->text( 'heading' );
	}

	/** @return array<string,mixed> Text and address of the policy page; empty while there is none. */
	public function details(): array {
		return $this->link( 'details' );
	}

	/** @return array<string,mixed> Official words, their language and address; empty where no law wants it. */
	public function withdrawal(): array {
		return $this->link( 'withdrawal' );
	}

	/** @param string[] $ids The product's. */
	private function place( array $ids ): int {
		foreach ( $ids as $id ) {
			if ( isset( $this->body['products'][ $id ] ) ) {
				return (int) $this->body['products'][ $id ];
			}
		}
		return 0;
	}

	private function text( string $key ): string {
		return isset( $this->body[ $key ] ) && is_string( $this->body[ $key ] ) ? $this->body[ $key ] : '';
	}

	/** @return array<string,mixed> */
	private function link( string $key ): array {
		return isset( $this->body[ $key ] ) && is_array( $this->body[ $key ] ) ? $this->body[ $key ] : array();
	}
}

<?php

use Aftercare\Companion\Market;
use PHPUnit\Framework\TestCase;

/** A product has the promise the app gave it, and a cart speaks only where one promise holds for all of it. */
final class MarketTest extends TestCase {
	private function market(): Market {
		$policy = array( 'language' => 'de', 'direction' => 'ltr', 'market' => array( 'country' => 'DE' ), 'summary' => 'in general', 'version' => 'v1' );
		$first  = array(
			'classes'  => array(
				array( 'id' => 'a', 'summary' => '30 days', 'banner' => 'Free for 30 days' ),
				array( 'id' => 'b', 'summary' => 'final sale', 'banner' => null ),
				array( 'id' => 'c', 'summary' => '60 days', 'banner' => 'Free for 60 days' ),
			),
			'products' => array( array( 'product' => '10', 'promise' => 'a' ), array( 'product' => '11', 'promise' => 'b' ) ),
			'after'    => '11',
		);
		$second = array( 'classes' => array(), 'products' => array( array( 'product' => '12', 'promise' => 'c' ), array( 'product' => '13', 'promise' => 'gone' ) ) );
		return new Market( Market::kept( $policy, array( $first, $second ) ) );
	}

	/** @dataProvider products */
	public function test_a_product_has_its_own_promise_else_its_parents_else_the_first( array $ids, string $summary ): void {
		$this->assertSame( $summary, $this->market()->promise( $ids )['summary'] );
	}

	public static function products(): array {
		return array(
			'listed'             => array( array( '12' ), '60 days' ),
			'variation of one'   => array( array( '99', '11' ), 'final sale' ),
			'not listed'         => array( array( '99' ), '30 days' ),
			'of a class unknown' => array( array( '13' ), '30 days' ),
			'none'               => array( array(), '30 days' ),
		);
	}

	public function test_what_is_kept_answers_as_the_app_would_for_the_product(): void {
		$told = $this->market()->answer( array( '12' ) );
		$this->assertSame( array( '60 days', 'Free for 60 days', 'v1', 'de', 'DE' ), array( $told['summary'], $told['banner'], $told['version'], $told['language'], $told['market']['country'] ) );
		$this->assertArrayNotHasKey( 'products', $told );
		$this->assertArrayNotHasKey( 'classes', $told );
		$this->assertArrayNotHasKey( 'arrives', $told );
	}

	/** @dataProvider carts */
	public function test_a_cart_is_promised_only_what_holds_for_all_of_it( array $goods, string $line ): void {
		$this->assertSame( $line, $this->market()->banner( $goods ) );
	}

	public static function carts(): array {
		return array(
			'all alike'       => array( array( array( '10' ), array( '99' ) ), 'Free for 30 days' ),
			'two promises'    => array( array( array( '10' ), array( '12' ) ), '' ),
			'one without'     => array( array( array( '11' ) ), '' ),
			'nothing in it'   => array( array(), '' ),
		);
	}

	public function test_what_the_app_told_of_no_use_here_is_not_kept(): void {
		$this->assertArrayNotHasKey( 'unknown', Market::kept( array( 'unknown' => 'x', 'language' => 'de' ), array() ) );
	}

	public function test_words_of_nothing_are_empty(): void {
		$market = new Market( array( 'details' => 'none', 'market' => 7 ) );
		$this->assertSame( array( '', '', 'ltr', array(), array() ), array( $market->country(), $market->heading(), $market->direction(), $market->details(), $market->withdrawal() ) );
	}
}

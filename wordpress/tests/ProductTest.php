<?php

use Aftercare\Companion\Answers;
use Aftercare\Companion\Connection;
use Aftercare\Companion\Market;
use Aftercare\Companion\Product;
use Aftercare\Companion\Question;
use Aftercare\Companion\Settings;
use PHPUnit\Framework\TestCase;

/** A product's page is sent to everybody alike. */
final class ProductTest extends TestCase {
	public function test_a_page_for_everybody_holds_place_for_days_of_arrival_where_the_home_market_has_any(): void {
		$this->assertStringContainsString( ' arrives="arrives"', $this->badge( array( 'text' => 'Expected on Fri 11 Dec' ) ) );
		$this->assertStringNotContainsString( 'arrives', $this->badge( null ) );
	}

	/** @param array<string,string>|null $arrival What the app tells of the home market. */
	private function badge( ?array $arrival ): string {
		Kept::$transients = array();
		Kept::$customer   = 0;
		$told             = Market::kept( array( 'language' => 'de', 'market' => array( 'country' => 'DE' ), 'arrival' => $arrival ), array() );
		Answers::put( Question::market( '', 'de-DE' ), $told );
		Product::register( new Connection( array( 'app' => 'https://app.example', 'shop' => 'KEY', 'secret' => 'not-a-secret' ) ), Settings::load() );
		$html = Product::markup( '10', array( '10' ) );
		$this->assertStringNotContainsString( 'DE', $html );
		return $html;
	}
}

<?php

use Aftercare\Companion\Answers;
use Aftercare\Companion\Connection;
use Aftercare\Companion\OrderPage;
use Aftercare\Companion\Question;
use PHPUnit\Framework\TestCase;

/** Who has just bought sees the ways on, whatever is kept at that moment. */
final class OrderPageTest extends TestCase {
	const EVERYWHERE = 'https://app.example/anywhere/withdrawal';

	protected function setUp(): void {
		Kept::$transients = array();
		Answers::put( Question::entry( 'de-DE' ), array( 'heading' => 'Zurück', 'withdrawal' => array( 'text' => 'Widerruf', 'url' => self::EVERYWHERE ) ) );
		OrderPage::register( new Connection( array( 'app' => 'https://app.example', 'shop' => 'KEY', 'secret' => 'not-a-secret' ) ) );
	}

	public function test_the_first_buyer_from_a_country_finds_the_withdrawal_function_too(): void {
		$this->assertStringContainsString( self::EVERYWHERE, implode( '', OrderPage::ways( new WC_Order( 'FR' ), array(), null ) ) );
	}

	public function test_an_order_that_is_told_of_without_the_function_shows_none(): void {
		$this->assertStringNotContainsString( self::EVERYWHERE, implode( '', OrderPage::ways( new WC_Order( 'US' ), array( 'lines' => array( 1 ) ), null ) ) );
	}
}

<?php

use Aftercare\Companion\Answers;
use Aftercare\Companion\Connection;
use Aftercare\Companion\Mail;
use Aftercare\Companion\Question;
use Aftercare\Companion\Settings;
use PHPUnit\Framework\TestCase;

/** A mail is sent once, so it names the ways the law wants whatever is kept at that moment. */
final class MailTest extends TestCase {
	const EVERYWHERE = 'https://app.example/anywhere/withdrawal';
	const FRANCE     = 'https://app.example/fr/withdrawal';

	protected function setUp(): void {
		Kept::$transients = array();
		Answers::put( Question::entry( 'de-DE' ), array( 'heading' => 'Zurück', 'withdrawal' => array( 'text' => 'Widerruf', 'url' => self::EVERYWHERE ) ) );
		Mail::register( new Connection( array( 'app' => 'https://app.example', 'shop' => 'KEY', 'secret' => 'not-a-secret' ) ), new Settings( array( 'mail' => false ) ) );
	}

	private function mail_to( string $country ): string {
		ob_start();
		Mail::show( new WC_Order( $country ) );
		return (string) ob_get_clean();
	}

	public function test_the_first_customer_from_a_country_finds_the_withdrawal_function_too(): void {
		$this->assertStringContainsString( self::EVERYWHERE, $this->mail_to( 'FR' ) );
	}

	public function test_a_country_whose_ways_are_known_is_told_its_own(): void {
		Answers::put( Question::market( 'FR', 'de-DE' ), array( 'withdrawal' => array( 'text' => 'Widerruf', 'url' => self::FRANCE ) ) );
		$said = $this->mail_to( 'FR' );
		$this->assertStringContainsString( self::FRANCE, $said );
		$this->assertStringNotContainsString( self::EVERYWHERE, $said );
	}

	public function test_once_the_goods_have_left_the_mail_leads_to_where_they_are(): void {
		$this->assertStringNotContainsString( '/tracking', $this->mail_to( 'FR' ) );
		$sent         = new WC_Order( 'FR' );
		$sent->status = 'completed';
		ob_start();
		Mail::show( $sent );
		$this->assertStringContainsString( 'https://app.example/s/KEY/tracking?order=18&#038;lang=de-DE', (string) ob_get_clean() );
	}

	public function test_a_country_whose_law_wants_none_is_told_of_none(): void {
		Answers::put( Question::market( 'US', 'de-DE' ), array( 'details' => array( 'text' => 'Alles', 'url' => 'https://app.example/us' ) ) );
		$this->assertStringNotContainsString( 'withdrawal', $this->mail_to( 'US' ) );
	}
}

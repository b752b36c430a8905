<?php

use Aftercare\Companion\Answers;
use Aftercare\Companion\Client;
use Aftercare\Companion\Connection;
use Aftercare\Companion\Language;
use Aftercare\Companion\Question;
use Aftercare\Companion\Settings;
use Aftercare\Companion\SettingsPage;
use PHPUnit\Framework\TestCase;

/** An old answer is shown and asked for again; no reader ever waits for one. */
final class AnswersTest extends TestCase {
	protected function setUp(): void {
		Kept::$transients = array();
		Kept::$options    = array();
	}

	public function test_a_new_answer_is_not_asked_for_again(): void {
		$question = Question::market( 'de', 'de-DE' );
		Answers::put( $question, array( 'summary' => 'x' ) );
		$this->assertSame( array( 'summary' => 'x' ), Answers::get( $question ) );
		$this->assertNotContains( $question->name(), Answers::wanted() );
	}

	public function test_an_old_answer_is_shown_and_asked_for_again(): void {
		$question = Question::market( 'fr', 'fr-FR' );
		Answers::put( $question, array( 'summary' => 'x' ) );
		foreach ( array_keys( Kept::$transients ) as $key ) {
			Kept::$transients[ $key ]['at'] -= $question->fresh_for();
		}
		$this->assertSame( array( 'summary' => 'x' ), Answers::get( $question ) );
		$this->assertContains( $question->name(), Answers::wanted() );
	}

	public function test_links_of_every_page_follow_the_app_within_five_minutes(): void {
		$this->assertLessThanOrEqual( 300, Question::entry( 'de-DE' )->fresh_for() ); // the withdrawal function is switched on there.
	}

	public function test_what_has_changed_is_asked_for_again_and_shown_until_then(): void {
		$question = Question::order( 18, 'de-DE' );
		Answers::put( $question, array( 'token' => 'x' ) );
		Answers::outdate( $question );
		$this->assertContains( $question->name(), Answers::wanted() );
		$this->assertSame( array( 'token' => 'x' ), Answers::get( $question ) );
	}

	public function test_what_the_app_does_not_know_is_left_alone_for_a_while(): void {
		$question = Question::order( 404, 'de-DE' );
		$this->assertNull( Answers::get( $question ) );
		Answers::put( $question, null );
		$this->assertNull( Answers::get( $question ) );
		$this->assertNotContains( $question->name(), Answers::wanted() );
	}

	public function test_a_question_is_known_by_its_name(): void {
		foreach ( array( Question::market( '', 'de-DE' ), Question::order( 18, 'pt-BR' ), Question::entry( 'en' ), Question::data( 10, 'de', 'de' ) ) as $question ) {
			$this->assertEquals( $question, Question::named( $question->name() ) );
		}
	}

	/** @dataProvider strangers */
	public function test_what_is_no_question_is_not_asked( string $name ): void {
		$this->assertNull( Question::named( $name ) );
	}

	public static function strangers(): array {
		return array( array( '' ), array( 'order' ), array( 'order|18' ), array( 'order|18|de|x' ), array( 'data|10|DE|../../admin' ), array( 'market|DE|de&x=1' ) );
	}

	/** @dataProvider locales */
	public function test_a_language_is_named_as_the_web_names_it( string $locale, string $tag ): void {
		$this->assertSame( $tag, Language::tag( $locale ) );
	}

	public static function locales(): array {
		return array( array( 'de_DE_formal', 'de-DE' ), array( 'pt_BR', 'pt-BR' ), array( 'ar', 'ar' ), array( '', 'en' ), array( 'a/b', 'en' ) );
	}

	public function test_an_app_that_failed_is_left_alone(): void {
		$this->assertFalse( Client::rests() );
		Kept::$options[ Client::STATE ] = array( 'until' => time() + 30 );
		$this->assertTrue( Client::rests() );
	}

	public function test_a_shop_without_a_secret_is_not_connected(): void {
		$this->assertFalse( Connection::load()->is_made() );
		Kept::$options[ Connection::OPTION ] = array( 'app' => 'https://app.example', 'shop' => 'KEY', 'secret' => array() );
		$this->assertFalse( Connection::load()->is_made() );
	}

	public function test_links_lead_to_the_app_with_what_they_are_about(): void {
		$connection = new Connection( array( 'app' => 'https://app.example', 'shop' => 'KEY', 'secret' => 'not-a-secret' ) );
		$this->assertSame( 'https://app.example/s/KEY/claim?order=%2318&lang=de', $connection->claim_link( '#18', 'de' ) );
		$this->assertSame( 'https://app.example/s/KEY/?lang=de&country=DE&embed=1', $connection->page_link( 'de', 'DE', true ) );
		$this->assertStringStartsWith( 'https://app.example/companion/v1/open/KEY/18.7.1801800.', $connection->order_link( 18, 7, 'de', 1800000 ) );
	}

	public function test_a_place_is_filled_until_it_is_switched_off(): void {
		$settings = new Settings( array( 'footer' => false ) );
		$this->assertTrue( $settings->wants( 'badge' ) );
		$this->assertFalse( $settings->wants( 'footer' ) );
		$this->assertFalse( $settings->wants( 'elsewhere' ) );
	}

	/** @dataProvider apps */
	public function test_the_secret_travels_encrypted_or_stays_on_the_machine( string $typed, string $address ): void {
		$this->assertSame( $address, SettingsPage::app_address( $typed ) );
	}

	public static function apps(): array {
		return array(
			array( ' https://App.example/admin/shops ', 'https://app.example' ),
			array( 'http://127.0.0.1:8000/', 'http://127.0.0.1:8000' ),
			array( 'http://app.example', '' ),
			array( 'https://user:secret@app.example', '' ),
			array( 'app.example', '' ),
			array( 'ftp://app.example', '' ),
		);
	}
}

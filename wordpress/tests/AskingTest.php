<?php

use Aftercare\Companion\Asking;
use PHPUnit\Framework\TestCase;

/** What was asked is told under its own name only, and taken once by whoever asked. */
final class AskingTest extends TestCase {
	const APP = 'https://app.example';

	protected function setUp(): void {
		Kept::$transients = array();
	}

	private function kept(): array {
		return Kept::$transients[ Asking::KEPT ];
	}

	public function test_the_app_is_told_the_hash_of_a_secret_that_stays_here(): void {
		$name = Asking::begin( self::APP, 7 );
		$kept = $this->kept();
		$told = Asking::told( $name, $kept, time() );
		$this->assertSame( array( 'app' => self::APP, 'challenge' => hash( 'sha256', $kept['verifier'] ) ), $told );
		$this->assertStringNotContainsString( $kept['verifier'], (string) json_encode( $told ) );
		$this->assertMatchesRegularExpression( '/^[0-9a-f]{64}$/', $name );
	}

	public function test_nothing_is_told_under_another_name_or_too_late(): void {
		$name = Asking::begin( self::APP, 7 );
		$this->assertNull( Asking::told( str_repeat( '0', 64 ), $this->kept(), time() ) );
		$this->assertNull( Asking::told( $name, $this->kept(), time() + Asking::HOLDS ) );
		$this->assertNull( Asking::told( $name, array(), time() ) );
	}

	public function test_whoever_asked_takes_it_once(): void {
		$name     = Asking::begin( self::APP, 7 );
		$verifier = $this->kept()['verifier'];
		$this->assertNull( Asking::take( $name, 8 ) );
		$this->assertSame( array( 'app' => self::APP, 'verifier' => $verifier ), Asking::take( $name, 7 ) );
		$this->assertNull( Asking::take( $name, 7 ) );
	}

	public function test_asking_again_ends_what_was_asked_before(): void {
		$first  = Asking::begin( self::APP, 7 );
		$second = Asking::begin( self::APP, 7 );
		$this->assertNull( Asking::take( $first, 7 ) );
		$this->assertNotNull( Asking::take( $second, 7 ) );
	}
}

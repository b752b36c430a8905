<?php

use Aftercare\Companion\Connection;
use Aftercare\Companion\Parcels;
use PHPUnit\Framework\TestCase;

/** Where parcels are is said in the app's words, all of them text, and nothing where it says nothing. */
final class ParcelsTest extends TestCase {
	const EVIL = '"><script>alert(1)</script>';

	private function shown( array $parcels, array $also = array() ): string {
		$words      = array( 'customs' => 'Zoll', 'steps' => 'Was geschah', 'raw' => 'Im Wortlaut', 'contents' => 'Inhalt' );
		$connection = new Connection( array( 'app' => 'https://app.example', 'shop' => 'KEY', 'secret' => 'not-a-secret' ) );
		return Parcels::shown( $connection, array( 'token' => 't.k', 'tracking' => array( 'language' => 'de', 'direction' => 'ltr', 'heading' => 'Unterwegs', 'words' => $words, 'parcels' => $parcels ) + $also ) );
	}

	private function parcel( array $facts = array() ): array {
		$step = array( 'title' => 'Unterwegs', 'when' => 'Montag', 'at' => '2026-11-02T08:00:00Z', 'place' => 'Köln', 'source' => '', 'raw' => array( 'Posted' ), 'is_current' => true );
		return $facts + array( 'headline' => 'Unterwegs', 'expected' => 'Erwartet: Freitag', 'expected_by' => 'laut Zusteller', 'steps' => array( $step ), 'numbers' => array( array( 'number' => '00340', 'carrier' => 'DHL', 'link' => 'Bei DHL öffnen', 'url' => 'https://dhl.example/1' ) ), 'contents' => array( '1 × Lampe' ) );
	}

	public function test_state_and_days_come_before_the_steps_and_the_carriers_words_unfold(): void {
		$html = $this->shown( array( $this->parcel() ) );
		$this->assertStringContainsString( '<aftercare-tracking shop="KEY" endpoint="https://app.example/storefront/v1/" token="t.k"><section class="tracking" lang="de" dir="ltr"><h2 class="heading">Unterwegs</h2>', $html );
		$this->assertStringContainsString( '<li class="step" aria-current="step"><p class="what">Unterwegs</p><p class="note"><time datetime="2026-11-02T08:00:00Z">Montag</time> · <bdi>Köln</bdi></p></li>', $html );
		$this->assertLessThan( strpos( $html, 'class="steps"' ), strpos( $html, 'Erwartet: Freitag' ) );
		$this->assertGreaterThan( strpos( $html, '<details>' ), strpos( $html, 'Posted' ) );
		$this->assertStringContainsString( '<bdi>00340</bdi><a class="more" href="https://dhl.example/1">Bei DHL öffnen</a>', $html );
		$this->assertStringNotContainsString( 'headline', $html );
	}

	public function test_of_several_parcels_each_says_its_state(): void {
		$html = $this->shown( array( $this->parcel( array( 'title' => 'Paket 1 von 2', 'situation' => 'in_transit' ) ), $this->parcel() ) );
		$this->assertSame( 2, substr_count( $html, 'class="headline' ) );
		$this->assertStringContainsString( '<h3 class="title">Paket 1 von 2</h3><p class="headline in_transit">Unterwegs</p>', $html );
	}

	public function test_customs_are_open_and_first_while_the_parcel_is_there(): void {
		foreach ( array( true, false ) as $is_held ) {
			$html = $this->shown( array( $this->parcel( array( 'customs' => array( 'lines' => array( 'Einfuhrabgaben' ), 'is_held' => $is_held ) ) ) ) );
			$this->assertSame( $is_held, strpos( $html, '<details open>' ) !== false );
			$this->assertSame( $is_held, strpos( $html, 'Einfuhrabgaben' ) < strpos( $html, 'class="steps"' ) );
		}
	}

	public function test_nothing_that_was_told_becomes_markup(): void {
		$hostile = array_fill_keys( array( 'title', 'headline', 'situation', 'expected', 'expected_by', 'text' ), self::EVIL );
		$step    = array_fill_keys( array( 'title', 'when', 'at', 'place', 'source' ), self::EVIL ) + array( 'raw' => array( self::EVIL ) );
		$number  = array( 'url' => 'javascript:alert(1)' ) + array_fill_keys( array( 'number', 'carrier', 'link' ), self::EVIL );
		$customs = array( 'lines' => array( self::EVIL ), 'source' => self::EVIL, 'url' => 'https://x.example/' . self::EVIL );
		$parcel  = $hostile + array( 'steps' => array( $step ), 'numbers' => array( $number ), 'contents' => array( self::EVIL ), 'customs' => $customs );
		$html    = $this->shown( array( $parcel, $parcel ), array( 'page' => array( 'text' => self::EVIL, 'url' => 'data:text/html,x' ) ) );
		$this->assertGreaterThan( 20, substr_count( $html, '&lt;script&gt;' ) );
		$this->assertStringNotContainsString( '<script', $html );
		$this->assertSame( 2, substr_count( $html, '<a ' ) ); // of customs.
	}

	/** @dataProvider nothing */
	public function test_where_nothing_was_told_nothing_is_shown( array $order ): void {
		$this->assertSame( '', Parcels::shown( new Connection( array() ), $order ) );
	}

	public static function nothing(): array {
		return array( array( array() ), array( array( 'tracking' => null ) ), array( array( 'tracking' => array( 'parcels' => array() ) ) ), array( array( 'tracking' => array( 'parcels' => 'x' ) ) ), array( array( 'token' => 't' ) ) );
	}

	public function test_half_an_answer_is_shown_as_far_as_it_goes(): void {
		$this->assertStringContainsString( '<article class="parcel"><div class="now"></div></article>', $this->shown( array( array( 'steps' => 'x', 'numbers' => null, 'customs' => 1 ) ) ) );
	}
}

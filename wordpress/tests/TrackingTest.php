<?php

use Aftercare\Companion\Answers;
use Aftercare\Companion\Connection;
use Aftercare\Companion\Question;
use Aftercare\Companion\Tracking;
use PHPUnit\Framework\TestCase;

/** Parcels are shown to whom the order is shown; everybody else gets the form, and learns of no order by it. */
final class TrackingTest extends TestCase {
	protected function setUp(): void {
		Kept::$transients = array();
		Kept::$orders     = array( 18 => new WC_Order( 'DE', 7 ) );
		Kept::$address    = array();
		Kept::$customer   = 0;
		Kept::$scripts    = array();
		$_GET             = array();
		$told             = array( 'language' => 'de', 'heading' => 'Unterwegs', 'parcels' => array( array( 'headline' => 'Unterwegs' ) ) );
		Answers::put( Question::order( 18, 'de-DE' ), array( 'token' => 't.k', 'tracking' => $told ) );
		Tracking::register( new Connection( array( 'app' => 'https://app.example', 'shop' => 'KEY', 'secret' => 'not-a-secret' ) ) );
	}

	public function test_a_guest_gets_a_form_that_leads_to_the_apps_page(): void {
		$html = Tracking::page();
		$this->assertStringContainsString( '<form class="aftercare-find" method="post" action="https://app.example/s/KEY/tracking?lang=de-DE">', $html );
		$this->assertStringContainsString( 'name="number"', $html );
		$this->assertStringContainsString( 'name="email" type="email"', $html );
		$this->assertStringNotContainsString( 'Unterwegs', $html );
		$this->assertSame( array(), Kept::$scripts );
	}

	public function test_the_customer_sees_the_parcels_on_the_orders_page(): void {
		Kept::$address  = array( 'view-order' => '18' );
		Kept::$customer = 7;
		$this->assertStringContainsString( '<aftercare-tracking', Tracking::page() );
		$this->assertContains( 'aftercare-tracking', Kept::$scripts );
	}

	public function test_somebody_else_who_names_the_order_sees_what_everybody_sees(): void {
		$everybodys     = Tracking::page();
		Kept::$customer = 8;
		foreach ( array( '18', '19' ) as $id ) {
			Kept::$address = array( 'view-order' => $id );
			$this->assertSame( $everybodys, Tracking::page() );
			Kept::$address = array( 'order-received' => $id );
			$_GET['key']   = 'wc_order_guessed';
			$this->assertSame( $everybodys, Tracking::page() );
		}
	}

	public function test_whoever_has_just_bought_sees_the_parcels_by_the_key_in_the_address(): void {
		Kept::$address = array( 'order-received' => '18' );
		$_GET['key']   = 'wc_order_key';
		$this->assertStringContainsString( 'Unterwegs', Tracking::page() );
	}

	public function test_an_order_the_app_tells_nothing_of_leaves_the_form_with_its_number(): void {
		Kept::$transients = array();
		Kept::$address    = array( 'view-order' => '18' );
		Kept::$customer   = 7;
		$this->assertStringContainsString( 'value="18"', Tracking::page() );
		$this->assertSame( '', Tracking::order( Kept::$orders[18] ) );
	}
}

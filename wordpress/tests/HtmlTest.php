<?php

use Aftercare\Companion\Connection;
use Aftercare\Companion\Html;
use Aftercare\Companion\Market;
use PHPUnit\Framework\TestCase;

/** Whatever was told is text in the page, and every address in it a web address. */
final class HtmlTest extends TestCase {
	const EVIL = '"><script>alert(1)</script>';

	private function connection(): Connection {
		return new Connection( array( 'app' => 'https://app.example', 'shop' => 'KEY', 'secret' => 'not-a-secret' ) );
	}

	/** Every text of a nested answer is hostile. */
	private function hostile( array $keys ): array {
		return array_fill_keys( $keys, self::EVIL );
	}

	/** The scripts and handlers a browser would find. */
	private function live( string $html ): array {
		$page = new DOMDocument();
		$page->loadHTML( '<?xml encoding="utf-8"><body>' . $html . '</body>', LIBXML_NOERROR | LIBXML_NOWARNING );
		$found = array();
		foreach ( ( new DOMXPath( $page ) )->query( '//script | //@*[starts-with(name(), "on")] | //@href[not(starts-with(., "http"))]' ) as $node ) {
			$found[] = $page->saveHTML( $node );
		}
		return $found;
	}

	public function test_a_badge_holds_the_products_own_promise_and_names_the_market_it_was_worded_for(): void {
		$market = new Market( array( 'language' => 'de', 'direction' => 'ltr', 'market' => array( 'country' => 'DE' ), 'classes' => array( array( 'id' => 'a', 'summary' => '30 Tage & mehr', 'lines' => array( array( 'kind' => 'right', 'label' => 'Ihr Recht', 'text' => '14 Tage' ) ) ) ) ) );
		$html   = Html::badge( $this->connection(), $market, '10', array( '10' ) );
		$this->assertStringContainsString( 'endpoint="https://app.example/storefront/v1/" product="10"', $html );
		$this->assertStringContainsString( 'lang="de" dir="ltr" data-country="DE"', $html );
		$this->assertStringContainsString( '30 Tage &amp; mehr', $html );
		$this->assertStringContainsString( '<dt class="label">Ihr Recht</dt><dd class="words">14 Tage</dd>', $html );
	}

	public function test_a_badge_holds_place_for_days_of_arrival_where_there_are_any_and_names_none(): void {
		$days  = array( 'label' => 'Delivery', 'text' => 'Expected on Fri 11 Dec', 'first' => '2026-12-11', 'last' => '2026-12-11' );
		$badge = function ( ?array $arrival ): string {
			$market = new Market( Market::kept( array( 'language' => 'en', 'summary' => '30 days', 'arrival' => $arrival ), array() ) );
			return Html::badge( $this->connection(), $market, '10', array( '10' ) );
		};
		$this->assertStringContainsString( ' product="10" arrives="arrives">', $badge( $days ) );
		$this->assertStringNotContainsString( '11 Dec', $badge( $days ) );
		$this->assertStringNotContainsString( 'arrives', $badge( null ) );
	}

	public function test_a_cart_holds_place_for_days_of_arrival_where_there_are_any_and_names_none(): void {
		$policy = array( 'language' => 'ar', 'direction' => 'rtl', 'market' => array( 'country' => 'DE' ), 'arrival' => array( 'text' => '11 Dec' ) );
		$this->assertSame(
			'<aftercare-arrival shop="KEY" endpoint="https://app.example/storefront/v1/" country="DE" lang="ar" dir="rtl"></aftercare-arrival>',
			Html::arrival( $this->connection(), new Market( Market::kept( $policy, array() ) ) )
		);
		$this->assertSame( '', Html::arrival( $this->connection(), new Market( Market::kept( array( 'arrival' => null ) + $policy, array() ) ) ) );
		$this->assertSame( '', Html::arrival( $this->connection(), null ) );
	}

	public function test_a_badge_for_everybody_names_no_market_and_says_where_the_words_are_kept(): void {
		$link = array( 'text' => 'All of it', 'url' => 'https://app.example/s/KEY/?lang=en' );
		$html = Html::badge( $this->connection(), null, '10', array( '10' ), $link, array( 'fallback' => 'https://shop.example/wp-json/aftercare/v1/', 'country' => '' ) );
		$this->assertStringContainsString( 'product="10" fallback="https://shop.example/wp-json/aftercare/v1/">', $html );
		$this->assertStringContainsString( '<a class="more" href="https://app.example/s/KEY/?lang=en">All of it</a>', $html );
		$this->assertStringNotContainsString( 'country', $html );
	}

	public function test_before_anything_was_told_the_element_stands_alone_and_asks_itself(): void {
		$this->assertSame( '<aftercare-policy-badge shop="KEY" endpoint="https://app.example/storefront/v1/" product="10"></aftercare-policy-badge>', Html::badge( $this->connection(), null, '10', array( '10' ) ) );
		$this->assertSame( '', Html::rights( $this->connection(), array() ) );
		$this->assertSame( '', Html::claims( array() ) );
		$this->assertSame( '', Html::banner( null, 'words' ) );
	}

	public function test_nothing_that_was_told_becomes_markup(): void {
		$line   = $this->hostile( array( 'kind', 'label', 'text' ) );
		$link   = array( 'text' => self::EVIL, 'url' => 'https://x.example/' . self::EVIL, 'language' => self::EVIL );
		$market = new Market( array( 'classes' => array( array( 'id' => 'a', 'summary' => self::EVIL, 'lines' => array( $line ) ) ), 'details' => $link, 'market' => array( 'country' => self::EVIL ) ) + $this->hostile( array( 'language', 'direction' ) ) );
		$clock  = $this->hostile( array( 'title', 'label', 'sentence', 'payer', 'reason', 'state', 'state_word' ) ) + array( 'sources' => array( $this->hostile( array( 'citation' ) ) ) );
		$over   = array( 'state' => 'closed' ) + $clock;
		$rights = array( 'words' => $this->hostile( array( 'heading', 'closed', 'sources' ) ), 'lines' => array( array( 'title' => self::EVIL, 'clocks' => array( $clock, $over ) ) ) ) + $this->hostile( array( 'language', 'direction' ) );
		$order  = array( 'token' => self::EVIL, 'language' => self::EVIL, 'entitlements' => $rights, 'claims' => array( array( 'url' => 'javascript:alert(1)' ) + $this->hostile( array( 'number', 'title', 'text' ) ) ) );
		$html   = Html::badge( $this->connection(), $market, self::EVIL, array() ) . Html::banner( $market, self::EVIL ) . Html::promise( $market ) . Html::rights( $this->connection(), $order ) . Html::claims( $order ) . Html::link( $link, self::EVIL );
		$this->assertGreaterThan( 15, substr_count( $html, '&lt;script&gt;' ) );
		$this->assertSame( array(), $this->live( $html ) );
	}

	/** @dataProvider addresses */
	public function test_a_link_leads_to_the_web_or_is_none( string $url ): void {
		$this->assertSame( '', Html::link( array( 'text' => 'x', 'url' => $url ), '' ) );
	}

	public static function addresses(): array {
		return array( array( 'javascript:alert(1)' ), array( 'data:text/html,x' ), array( '' ), array( '//x.example' ) );
	}

	public function test_rights_that_are_over_fold_away(): void {
		$clock  = array( 'title' => 'Withdrawal', 'sentence' => 'Until Monday.', 'state' => 'open', 'sources' => array( array( 'citation' => 'CRD art. 9' ), array( 'citation' => 'CRD art. 9' ) ) );
		$rights = array( 'words' => array( 'heading' => 'Rights', 'closed' => 'Over', 'sources' => 'Sources' ), 'lines' => array( array( 'title' => 'Lantern', 'clocks' => array( $clock, array( 'title' => 'Exchange', 'state' => 'closed' ) + $clock ) ) ) );
		$html   = Html::rights( $this->connection(), array( 'token' => 't', 'entitlements' => $rights ) );
		$this->assertLessThan( strpos( $html, '<details>' ), strpos( $html, 'Withdrawal' ) );
		$this->assertGreaterThan( strpos( $html, '<details>' ), strpos( $html, 'Exchange' ) );
		$this->assertSame( 1, substr_count( $html, 'CRD art. 9' ) );
	}
}

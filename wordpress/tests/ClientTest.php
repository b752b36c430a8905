<?php

use Aftercare\Companion\Client;
use Aftercare\Companion\Connection;
use PHPUnit\Framework\TestCase;

/** What the app has not said is not claimed. */
final class ClientTest extends TestCase {
	/** @dataProvider answers */
	public function test_the_app_has_forgotten_the_secret_only_where_it_says_so( ?int $status, bool $is_told ): void {
		Kept::$status = $status;
		$client       = new Client( new Connection( array( 'app' => 'https://app.example', 'shop' => 'KEY', 'secret' => 'not-a-secret' ) ) );
		$this->assertSame( $is_told, $client->disconnect() );
	}

	public static function answers(): array {
		return array( array( 204, true ), array( null, false ), array( 403, false ), array( 503, false ) );
	}
}

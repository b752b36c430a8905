<?php

use Aftercare\Companion\Signature;
use PHPUnit\Framework\TestCase;

/** What is signed here is what the app reads; the same values stand in tests/domain/test_companion.py. */
final class SignatureTest extends TestCase {
	public function test_a_request_is_signed_as_the_app_expects(): void {
		$header = Signature::header( 'not-a-secret', 'KEY', 'GET', '/companion/v1/orders/18?lang=de', '', 1795262400 );
		$this->assertSame( 'Aftercare-Companion KEY:1795262400:d028b4570e11b4ec1a3d295289330dd5b43a16e07d7c1563b4a4036b85607d63', $header );
	}

	public function test_a_pass_is_signed_as_the_app_expects(): void {
		$this->assertSame( '18.7.1795262400.9b4672708c6e97bc898b1a0fd2d64acc139788355edfb559717c2b5187abf445', Signature::pass( 'not-a-secret', 'KEY', 18, 7, 1795262400 ) );
	}
}

<?php

use PHPUnit\Framework\TestCase;

/** The PHP these tests run under understands every file, and every class can be used there. */
final class EveryFileTest extends TestCase {
	public function test_every_file_is_understood(): void {
		$files = Files::php();
		$this->assertGreaterThan( 20, count( $files ) );
		foreach ( $files as $file ) {
			$this->assertNotEmpty( token_get_all( (string) file_get_contents( $file ), TOKEN_PARSE ), $file );
		}
	}

	public function test_every_class_is_compiled(): void {
		foreach ( Files::php() as $file ) {
			if ( basename( dirname( $file ) ) === 'src' ) {
				$this->assertTrue( class_exists( 'Aftercare\\Companion\\' . basename( $file, '.php' ) ), $file );
			}
		}
	}
}

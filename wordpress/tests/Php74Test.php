<?php

use PHPUnit\Framework\TestCase;

/** Every file would be understood by PHP 7.4, as far as a parser can tell. */
final class Php74Test extends TestCase {
	protected function setUp(): void {
		if ( ! class_exists( \PhpParser\ParserFactory::class ) ) {
			$this->markTestSkipped( 'No PhpParser 4 is installed (Debian: php-parser).' );
		}
	}

	/** @dataProvider files */
	public function test_a_file_is_php_7_4( string $file ): void {
		$this->assertSame( array(), Php74::faults( (string) file_get_contents( $file ) ) );
	}

	public static function files(): array {
		$found = array();
		foreach ( Files::php() as $file ) {
			$found[ basename( $file ) ] = array( $file );
		}
		return $found;
	}

	/** @dataProvider newer */
	public function test_what_is_newer_is_found( string $code ): void {
		$this->assertNotSame( array(), Php74::faults( '<?php ' . $code ) );
	}

	public static function newer(): array {
		$samples = array(
			'function f( int|string $a ) {}',
			'function f( $a, ) {}',
			'function f( mixed $a ) {}',
			'function f(): static {}',
			'class A { function __construct( private int $a ) {} }',
			'$a?->b;',
			'$a?->b();',
			'$x = match ( $a ) { 1 => 2 };',
			'f( name: 1 );',
			'$x = $a ?? throw new E();',
			'try {} catch ( E ) {}',
			'enum A { case B; }',
			'class A { public readonly int $a; }',
			'$f = strlen( ... );',
			'str_contains( $a, $b );',
			'$a::class;',
		);
		return array_map( static function ( $code ) {
			return array( $code );
		}, array_combine( $samples, $samples ) );
	}

	/** @dataProvider old */
	public function test_what_7_4_knows_is_left_alone( string $code ): void {
		$this->assertSame( array(), Php74::faults( '<?php ' . $code ) );
	}

	public static function old(): array {
		return array( array( 'function f( ?int $a = null ): ?self { return f( 1, 2, ); }' ), array( '$f = fn( int $x ): int => $x ** 2; $a ??= [ ...$b ];' ), array( 'class A { private ?int $a; }' ) );
	}
}

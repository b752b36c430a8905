<?php

namespace Aftercare\Companion;

/** Something the app is asked: by its name an answer is kept and the question waits to be asked again. */
final class Question {
	/** How long an answer is not asked for again, by kind, in seconds. */
	const FRESH = array(
		'market' => 300,
		'order'  => 120,
		'entry'  => 300,
		'data'   => 3600,
	);

	/** @var string */
	private $kind;

	/** @var string[] */
	private $parts;

	/** @param string[] $parts What tells this question from others of its kind. */
	private function __construct( string $kind, array $parts ) {
		$this->kind  = $kind;
		$this->parts = $parts;
	}

	/** What the shop promises to a country; to its home market when none is named. */
	public static function market( string $country, string $language ): self {
		return new self( 'market', array( strtoupper( $country ), $language ) );
	}

	/** What an order entitles to. */
	public static function order( int $order, string $language ): self {
		return new self( 'order', array( (string) $order, $language ) );
	}

	/** The words of the way into a claim. */
	public static function entry( string $language ): self {
		return new self( 'entry', array( $language ) );
	}

	/** What search engines are told of a product. */
	public static function data( int $product, string $country, string $language ): self {
		return new self( 'data', array( (string) $product, strtoupper( $country ), $language ) );
	}

	/** The question of this name; null for a name that is none, whoever left it in the queue. */
	public static function named( string $name ): ?self {
		$parts = explode( '|', $name );
		$kind  = array_shift( $parts );
		$most  = array( 'market' => 2, 'order' => 2, 'entry' => 1, 'data' => 3 );
		$right = isset( $most[ $kind ] ) && count( $parts ) === $most[ $kind ];
		return $right && preg_match( '/^[A-Za-z0-9|-]*$/', $name ) ? new self( $kind, $parts ) : null;
	}

	public function name(): string {
		return implode( '|', array_merge( array( $this->kind ), $this->parts ) );
	}

	public function kind(): string {
		return $this->kind;
	}

	public function part( int $place ): string {
		return $this->parts[ $place ];
	}

	public function fresh_for(): int {
		return self::FRESH[ $this->kind ];
	}
}

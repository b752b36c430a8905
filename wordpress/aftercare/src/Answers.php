<?php

namespace Aftercare\Companion;

/** The app's answers as they were last given. Reading one never waits: an old one is shown and asked for again later. */
final class Answers {
	const PREFIX   = 'aftercare_a_';
	const QUEUE    = 'aftercare_queue';
	const KEPT_FOR = 2592000;

	/** @var array<string,bool> */
	private static $wanted = array();

	/**
	 * The answer, however old; null while there is none.
	 *
	 * @return array<string,mixed>|null
	 */
	public static function get( Question $question ): ?array {
		$kept = get_transient( self::key( $question ) );
		$at   = is_array( $kept ) && isset( $kept['at'] ) ? (int) $kept['at'] : 0;
		if ( $at + $question->fresh_for() <= time() ) {
			self::$wanted[ $question->name() ] = true;
		}
		return is_array( $kept ) && isset( $kept['body'] ) && is_array( $kept['body'] ) ? $kept['body'] : null;
	}

	/**
	 * Keep an answer; null: the app knows none.
	 *
	 * @param array<string,mixed>|null $body The answer.
	 */
	public static function put( Question $question, ?array $body ): void {
		set_transient( self::key( $question ), array( 'at' => time(), 'body' => $body ), self::KEPT_FOR );
		unset( self::$wanted[ $question->name() ] );
	}

	/** Have it asked again at the next chance, because what it is about has changed; until then the old one is shown. */
	public static function outdate( Question $question ): void {
		$kept = get_transient( self::key( $question ) );
		if ( is_array( $kept ) ) {
			set_transient( self::key( $question ), array( 'at' => 0 ) + $kept, self::KEPT_FOR );
		}
		self::$wanted[ $question->name() ] = true;
	}

	/**
	 * Names of the questions this request would have liked a newer answer to.
	 *
	 * @return string[]
	 */
	public static function wanted(): array {
		return array_keys( self::$wanted );
	}

	private static function key( Question $question ): string {
		return self::PREFIX . md5( $question->name() );
	}
}

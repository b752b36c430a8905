<?php

namespace Aftercare\Companion;

/**
 * Asks the app again once the page has gone out: after it where the server can let the visitor go first, else in a request
 * of its own that nobody waits for, else by WP-Cron.
 */
final class Refresh {
	const EVENT = 'aftercare_refresh';
	const LOCK  = 'aftercare_a_lock';
	const MOST  = 60;
	/** Seconds one round may take. */
	const ROUND = 20;

	public static function register(): void {
		add_action( 'shutdown', array( self::class, 'after_page' ), PHP_INT_MAX );
		add_action( self::EVENT, array( self::class, 'run' ) );
		add_action( 'wp_ajax_' . self::EVENT, array( self::class, 'answer_knock' ) );
		add_action( 'wp_ajax_nopriv_' . self::EVENT, array( self::class, 'answer_knock' ) );
	}

	/** Hand on what this page would have liked to know. */
	public static function after_page(): void {
		$wanted = Answers::wanted();
		if ( ! $wanted || Client::rests() || ! Connection::load()->is_made() ) {
			return;
		}
		self::enqueue( $wanted );
		if ( wp_doing_cron() || self::let_go() ) {
			self::run();
			return;
		}
		if ( ! wp_next_scheduled( self::EVENT ) ) {
			wp_schedule_single_event( time() + 60, self::EVENT ); // for servers that may not call themselves.
		}
		if ( ! get_transient( self::LOCK ) ) {
			self::knock();
		}
	}

	/** Whoever knocks with the right word has the queue worked off; there is nothing to be told. */
	public static function answer_knock(): void {
		$word = isset( $_POST['word'] ) && is_string( $_POST['word'] ) ? sanitize_text_field( wp_unslash( $_POST['word'] ) ) : ''; // phpcs:ignore WordPress.Security.NonceVerification.Missing -- the word is the proof.
		if ( hash_equals( self::word(), $word ) ) {
			ignore_user_abort( true );
			self::run();
		}
		wp_die( '', '', array( 'response' => 204 ) );
	}

	/** As WP-Cron does: post to this very server and go on after a hundredth of a second at most. */
	private static function knock(): void {
		wp_remote_post(
			admin_url( 'admin-ajax.php' ),
			array(
				'timeout'   => 0.01,
				'blocking'  => false,
				'sslverify' => apply_filters( 'https_local_ssl_verify', false ),
				'body'      => array( 'action' => self::EVENT, 'word' => self::word() ),
			)
		);
	}

	private static function word(): string {
		return wp_hash( self::EVENT );
	}

	/** Ask what waits; what did not get its turn is wanted again by the next page that shows it. */
	public static function run(): void {
		$connection = Connection::load();
		if ( ! $connection->is_made() || Client::rests() || get_transient( self::LOCK ) ) {
			return;
		}
		set_transient( self::LOCK, 1, self::ROUND * 2 );
		$client = new Client( $connection );
		$until  = time() + self::ROUND;
		foreach ( self::take() as $name ) {
			$question = Question::named( $name );
			if ( $question === null ) {
				continue;
			}
			if ( time() >= $until || ! $client->answer( $question ) ) {
				break;
			}
		}
		delete_transient( self::LOCK );
		wp_clear_scheduled_hook( self::EVENT );
	}

	/** Nothing is asked any more. */
	public static function stop(): void {
		wp_clear_scheduled_hook( self::EVENT );
	}

	/** @param string[] $names Names of questions. */
	private static function enqueue( array $names ): void {
		$waiting = self::waiting();
		$all     = array_slice( array_values( array_unique( array_merge( $waiting, $names ) ) ), 0, self::MOST );
		if ( $all !== $waiting ) {
			update_option( Answers::QUEUE, $all, false );
		}
	}

	/** @return string[] */
	private static function take(): array {
		$waiting = self::waiting();
		update_option( Answers::QUEUE, array(), false );
		return $waiting;
	}

	/** @return string[] */
	private static function waiting(): array {
		$waiting = get_option( Answers::QUEUE );
		return is_array( $waiting ) ? array_values( array_filter( $waiting, 'is_string' ) ) : array();
	}

	/** Send the page off and close the line to the visitor; false where the server cannot. */
	private static function let_go(): bool {
		foreach ( array( 'fastcgi_finish_request', 'litespeed_finish_request' ) as $finish ) {
			if ( function_exists( $finish ) ) {
				if ( session_status() === PHP_SESSION_ACTIVE ) {
					session_write_close();
				}
				ignore_user_abort( true );
				return (bool) $finish();
			}
		}
		return false;
	}
}

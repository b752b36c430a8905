<?php

namespace Aftercare\Companion;

/** Talks to the app; only from where no shopper waits. */
final class Client {
	const STATE   = 'aftercare_state';
	const TIMEOUT = 5;
	const PAGES   = 40;
	/** How long an app that fails is left alone, in seconds: doubled from failure to failure. */
	const REST_FIRST = 30;
	const REST_MOST  = 900;

	/** @var Connection */
	private $connection;

	public function __construct( Connection $connection ) {
		$this->connection = $connection;
	}

	/**
	 * Connect with an owner's code, and with the secret behind a wish where it answers one; what the app told, or its refusal as `error`.
	 *
	 * @return array<string,mixed>
	 */
	public static function connect( string $app, string $code, string $home, string $verifier = '' ): array {
		$answer = wp_remote_post(
			$app . '/companion/v1/connection',
			array(
				'timeout'     => 15,
				'redirection' => 0,
				'headers'     => array( 'Content-Type' => 'application/json', 'Accept-Language' => Language::here() ),
				'body'        => wp_json_encode( array_filter( array( 'code' => $code, 'address' => $home, 'verifier' => $verifier ), 'strlen' ) ),
			)
		);
		if ( is_wp_error( $answer ) ) {
			return array( 'error' => $answer->get_error_message() );
		}
		$told = json_decode( wp_remote_retrieve_body( $answer ), true );
		if ( wp_remote_retrieve_response_code( $answer ) === 201 && is_array( $told ) ) {
			return array( 'app' => $app ) + $told;
		}
		$detail = is_array( $told ) && isset( $told['detail'] ) && is_string( $told['detail'] ) ? $told['detail'] : '';
		return array( 'error' => $detail !== '' ? $detail : (string) wp_remote_retrieve_response_code( $answer ) );
	}

	/** Have the app forget this shop's secret; whether it said so. */
	public function disconnect(): bool {
		return wp_remote_retrieve_response_code( $this->send( 'DELETE', '/companion/v1/connection', true ) ) === 204;
	}

	/** Whether the connection holds; what went wrong is kept as the state. */
	public function check(): bool {
		return $this->read( '/companion/v1/connection', true ) !== null;
	}

	/** Ask, and keep what is answered; false when the app cannot be reached, so that asking on is no use now. */
	public function answer( Question $question ): bool {
		$body = $this->body_of( $question );
		if ( $body === null ) {
			return false;
		}
		Answers::put( $question, $body ? $body : null );
		return true;
	}

	/** Whether the app is left alone for a while, because it failed. */
	public static function rests(): bool {
		$state = self::state();
		return $state['until'] > time();
	}

	/**
	 * How the last requests went: `ok_at`, `failed_at`, `failures`, `until`, `why`.
	 *
	 * @return array<string,int|string>
	 */
	public static function state(): array {
		$kept = get_option( self::STATE );
		return ( is_array( $kept ) ? $kept : array() ) + array( 'ok_at' => 0, 'failed_at' => 0, 'failures' => 0, 'until' => 0, 'why' => '' );
	}

	/**
	 * What is kept; empty where the app knows nothing, null when it cannot be reached.
	 *
	 * @return array<string,mixed>|null
	 */
	private function body_of( Question $question ): ?array {
		$shop = '/storefront/v1/' . rawurlencode( $this->connection->shop() );
		switch ( $question->kind() ) {
			case 'market':
				return $this->market( $shop, array( 'country' => $question->part( 0 ), 'lang' => $question->part( 1 ) ) );
			case 'order':
				return $this->read( '/companion/v1/orders/' . $question->part( 0 ) . self::query( array( 'lang' => $question->part( 1 ) ) ), true );
			case 'entry':
				return $this->read( $shop . '/claim-entry' . self::query( array( 'lang' => $question->part( 0 ), 'countries' => self::sold_to() ) ) );
			default:
				$page = '/s/' . rawurlencode( $this->connection->shop() ) . '/' . $question->part( 2 ) . '/' . $question->part( 1 ) . '.jsonld';
				return $this->read( $page . self::query( array( 'product' => $question->part( 0 ) ) ) );
		}
	}

	/**
	 * The promise in general, and page by page which product has which.
	 *
	 * @param array<string,string> $asked Country and language.
	 * @return array<string,mixed>|null
	 */
	private function market( string $shop, array $asked ): ?array {
		$policy = $this->read( $shop . '/policy' . self::query( $asked ) );
		if ( ! $policy ) {
			return $policy;
		}
		$pages = array();
		$after = '';
		do {
			$page = $this->read( $shop . '/promises' . self::query( $asked + array( 'after' => $after ) ) );
			if ( $page === null ) {
				return null;
			}
			$pages[] = $page;
			$after   = isset( $page['after'] ) && is_string( $page['after'] ) ? $page['after'] : '';
		} while ( $after !== '' && count( $pages ) < self::PAGES );
		return Market::kept( $policy, $pages );
	}

	/** The countries the shop sells or sends to, as WooCommerce is set. */
	private static function sold_to(): string {
		$countries = WC()->countries->get_allowed_countries() + WC()->countries->get_shipping_countries();
		return implode( ',', array_keys( $countries ) );
	}

	/** @param array<string,string> $values Empty ones are left out. */
	private static function query( array $values ): string {
		$query = http_build_query( array_filter( $values, 'strlen' ) );
		return $query === '' ? '' : '?' . $query;
	}

	/**
	 * A body; empty for one the app says is not there, null for a failure.
	 *
	 * @return array<string,mixed>|null
	 */
	private function read( string $target, bool $is_signed = false ): ?array {
		$answer = $this->send( 'GET', $target, $is_signed );
		$status = (int) wp_remote_retrieve_response_code( $answer );
		if ( $status === 404 || $status === 422 ) {
			self::note( '' );
			return array();
		}
		$body = $status === 200 ? json_decode( wp_remote_retrieve_body( $answer ), true ) : null;
		if ( ! is_array( $body ) ) {
			self::note( is_wp_error( $answer ) ? $answer->get_error_message() : 'HTTP ' . $status );
			return null;
		}
		self::note( '' );
		return $body;
	}

	/** @return array<string,mixed>|\WP_Error */
	private function send( string $method, string $target, bool $is_signed ) {
		$headers = array( 'Accept' => 'application/json' );
		if ( $is_signed ) {
			$headers['Authorization'] = $this->connection->authorization( $method, $target, '', time() );
		}
		$how = array( 'method' => $method, 'timeout' => self::TIMEOUT, 'redirection' => $is_signed ? 0 : 2, 'headers' => $headers );
		return wp_remote_request( $this->connection->address( $target ), $how );
	}

	/** Remember how it went; good news once a minute is enough. */
	private static function note( string $fault ): void {
		$state = self::state();
		if ( $fault === '' ) {
			if ( $state['failures'] || $state['ok_at'] < time() - 60 ) {
				update_option( self::STATE, array( 'ok_at' => time() ), true );
			}
			return;
		}
		$failures = (int) $state['failures'] + 1;
		$rest     = min( self::REST_MOST, self::REST_FIRST * 2 ** min( $failures - 1, 10 ) );
		$now      = array( 'failed_at' => time(), 'failures' => $failures, 'until' => time() + (int) $rest, 'why' => substr( $fault, 0, 200 ) );
		update_option( self::STATE, $now + $state, true );
	}
}

<?php

namespace Aftercare\Companion;

/**
 * What the owner asked the app for by pressing Connect, until they come back: one wish at a time, for an hour, for them alone.
 *
 * The app hears of it from this shop itself, at an address nobody can guess. What it is told there is the hash of a secret
 * that stays here: only this plugin can use the code the owner brings back.
 */
final class Asking {
	const KEPT  = 'aftercare_a_asking';
	const HOLDS = 3600;

	/** Answer the app's look; for anybody who knows the name, and of no use to anybody else. */
	public static function register(): void {
		add_action( 'rest_api_init', array( self::class, 'route' ) );
	}

	public static function route(): void {
		register_rest_route(
			'aftercare/v1',
			'/asking/(?P<name>[0-9a-f]{64})',
			array(
				'methods'             => 'GET',
				'callback'            => array( self::class, 'tell' ),
				'permission_callback' => '__return_true',
				'show_in_index'       => false,
			)
		);
	}

	/** @return \WP_REST_Response|\WP_Error What is asked under a name. */
	public static function tell( \WP_REST_Request $request ) {
		$told = self::told( (string) $request['name'], self::kept(), time() );
		if ( $told === null ) {
			return new \WP_Error( 'aftercare_not_asking', 'Nothing is asked under this name.', array( 'status' => 404 ) );
		}
		$told['return_to'] = add_query_arg( 'asks', (string) $request['name'], SettingsPage::address() );
		$response          = new \WP_REST_Response( $told );
		$response->header( 'Cache-Control', 'no-store' );
		return $response;
	}

	/** Begin to ask an app, in the place of what was asked before; the name it is asked under. */
	public static function begin( string $app, int $user ): string {
		$name = bin2hex( random_bytes( 32 ) );
		$wish = array( 'name' => $name, 'verifier' => bin2hex( random_bytes( 32 ) ), 'app' => $app, 'user' => $user, 'until' => time() + self::HOLDS );
		set_transient( self::KEPT, $wish, self::HOLDS );
		return $name;
	}

	/**
	 * What was asked under a name by this user, once; null where it was not, or too long ago.
	 *
	 * @return array{app:string,verifier:string}|null
	 */
	public static function take( string $name, int $user ): ?array {
		$kept = self::kept();
		if ( ! self::is_asked( $name, $kept, time() ) || (int) $kept['user'] !== $user ) {
			return null;
		}
		delete_transient( self::KEPT );
		return array( 'app' => (string) $kept['app'], 'verifier' => (string) $kept['verifier'] );
	}

	/**
	 * What the app is told of a wish: which app is asked, and the challenge.
	 *
	 * @param array<string,mixed> $kept The wish as it is kept.
	 * @return array<string,string>|null
	 */
	public static function told( string $name, array $kept, int $now ): ?array {
		if ( ! self::is_asked( $name, $kept, $now ) ) {
			return null;
		}
		return array( 'app' => (string) $kept['app'], 'challenge' => hash( 'sha256', (string) $kept['verifier'] ) );
	}

	/** @param array<string,mixed> $kept The wish as it is kept. */
	private static function is_asked( string $name, array $kept, int $now ): bool {
		return isset( $kept['name'], $kept['verifier'], $kept['app'], $kept['user'], $kept['until'] ) && $now < (int) $kept['until'] && hash_equals( (string) $kept['name'], $name );
	}

	/** @return array<string,mixed> */
	private static function kept(): array {
		$kept = get_transient( self::KEPT );
		return is_array( $kept ) ? $kept : array();
	}
}

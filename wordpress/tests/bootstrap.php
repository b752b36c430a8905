<?php
/** The parts under test ask WordPress for little: what they do ask for behaves here as it does there. */

define( 'ABSPATH', __DIR__ . '/' );

final class Kept {
	/** @var array<string,mixed> */
	public static $transients = array();

	/** @var array<string,mixed> */
	public static $options = array();

	/** @var int|null The status the app answers with; null: it does not. */
	public static $status;
}

function esc_html( $text ) {
	return htmlspecialchars( (string) $text, ENT_QUOTES, 'UTF-8', false );
}

function esc_attr( $text ) {
	return htmlspecialchars( (string) $text, ENT_QUOTES, 'UTF-8', false );
}

function esc_url( $url, $protocols = array() ) {
	$scheme = strtolower( (string) parse_url( (string) $url, PHP_URL_SCHEME ) );
	return in_array( $scheme, $protocols, true ) ? str_replace( array( '&', "'", '"', '<', '>' ), array( '&#038;', '&#039;', '', '', '' ), (string) $url ) : '';
}

function sanitize_html_class( $class ) {
	return preg_replace( '/[^A-Za-z0-9_-]/', '', (string) $class );
}

function get_transient( $name ) {
	return isset( Kept::$transients[ $name ] ) ? Kept::$transients[ $name ] : false;
}

function set_transient( $name, $value ) {
	Kept::$transients[ $name ] = $value;
	return true;
}

function delete_transient( $name ) {
	unset( Kept::$transients[ $name ] );
	return true;
}

function get_option( $name, $otherwise = false ) {
	return isset( Kept::$options[ $name ] ) ? Kept::$options[ $name ] : $otherwise;
}

function wp_remote_request() {
	return Kept::$status;
}

function wp_remote_retrieve_response_code( $answer ) {
	return $answer === null ? '' : $answer;
}

function determine_locale() {
	return 'de_DE';
}

function add_action() {
	return true;
}

/** An order as far as it is asked. */
class WC_Order {
	/** @var string */
	private $country;

	public function __construct( $country ) {
		$this->country = $country;
	}

	public function get_order_number() {
		return '18';
	}

	public function get_shipping_country() {
		return $this->country;
	}

	/** A guest's. */
	public function get_customer_id() {
		return 0;
	}
}

function wp_parse_url( $url ) {
	return parse_url( $url );
}

spl_autoload_register(
	static function ( $class ) {
		$file = dirname( __DIR__ ) . '/aftercare/src/' . basename( str_replace( '\\', '/', $class ) ) . '.php';
		if ( strpos( $class, 'Aftercare\\Companion\\' ) === 0 && is_file( $file ) ) {
			require $file;
		}
	}
);

require __DIR__ . '/Files.php';

if ( is_file( '/usr/share/php/PhpParser/autoload.php' ) ) {
	require '/usr/share/php/PhpParser/autoload.php';
	require __DIR__ . '/Php74.php';
}

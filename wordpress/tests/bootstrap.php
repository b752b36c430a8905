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

	/** @var array<int,WC_Order> Orders by id. */
	public static $orders = array();

	/** @var array<string,string> What the address of the page names. */
	public static $address = array();

	/** @var int Who is signed in; 0: nobody. */
	public static $customer = 0;

	/** @var string[] Scripts that were sent with the page. */
	public static $scripts = array();
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

function add_filter() {
	return true;
}

function is_user_logged_in() {
	return Kept::$customer > 0;
}

function rest_url( $path ) {
	return 'https://shop.example/wp-json/' . $path;
}

function __( $text ) {
	return $text;
}

function esc_html__( $text ) {
	return esc_html( $text );
}

function sanitize_text_field( $text ) {
	return trim( (string) $text );
}

function wp_unslash( $text ) {
	return stripslashes( (string) $text );
}

function absint( $number ) {
	return abs( (int) $number );
}

function get_query_var( $name ) {
	return isset( Kept::$address[ $name ] ) ? Kept::$address[ $name ] : '';
}

function wc_get_order( $id ) {
	return isset( Kept::$orders[ $id ] ) ? Kept::$orders[ $id ] : false;
}

/** WooCommerce lets the customer of an order view it. */
function current_user_can( $what, $id ) {
	return $what === 'view_order' && Kept::$customer > 0 && Kept::$orders[ $id ]->get_customer_id() === Kept::$customer;
}

function wp_enqueue_script( $name ) {
	Kept::$scripts[] = $name;
}

function add_shortcode() {
	return true;
}

/** An order as far as it is asked. */
class WC_Order {
	/** @var string */
	private $country;

	/** @var int */
	private $customer;

	/** @var string */
	public $status = 'processing';

	/** @param int $customer 0: a guest's. */
	public function __construct( $country, $customer = 0 ) {
		$this->country  = $country;
		$this->customer = $customer;
	}

	public function get_id() {
		return 18;
	}

	public function has_status( $status ) {
		return $this->status === $status;
	}

	public function get_order_key() {
		return 'wc_order_key';
	}

	public function get_order_number() {
		return '18';
	}

	public function get_shipping_country() {
		return $this->country;
	}

	public function get_customer_id() {
		return $this->customer;
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

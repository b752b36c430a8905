<?php
/** Prints surfaces for the app's own tests: a JSON question a line in, its markup as JSON a line out. */

require __DIR__ . '/bootstrap.php';

use Aftercare\Companion\Connection;
use Aftercare\Companion\Html;
use Aftercare\Companion\Market;
use Aftercare\Companion\Parcels;

$connection = new Connection( array( 'app' => 'https://app.example', 'shop' => 'KEY', 'secret' => 'not-a-secret' ) );
while ( ( $line = fgets( STDIN ) ) !== false ) {
	$asked  = json_decode( $line, true );
	if ( isset( $asked['order'] ) ) {
		fwrite( STDOUT, json_encode( array( 'parcels' => Parcels::shown( $connection, $asked['order'] ) ) ) . "\n" );
		continue;
	}
	$market = new Market( Market::kept( $asked['policy'], $asked['pages'] ) );
	$ids    = array( $asked['product'] );
	$said   = array(
		'badge'   => Html::badge( $connection, $market, $asked['product'], $ids ),
		'banner'  => Html::banner( $market, $market->banner( array( $ids ) ) ),
		'arrival' => Html::arrival( $connection, $market ),
	);
	fwrite( STDOUT, json_encode( $said ) . "\n" );
}

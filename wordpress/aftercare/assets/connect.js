/* Fills in what the app put behind the # of its link; that part of an address is sent to no server and kept in no log. */
( function () {
	'use strict';
	var given = new URLSearchParams( window.location.hash.slice( 1 ) );
	var byCode = document.getElementById( 'aftercare-by-code' );
	[ [ 'app', 'app' ], [ 'code-app', 'app' ], [ 'code', 'code' ] ].forEach( function ( pair ) {
		var field = document.getElementById( 'aftercare-' + pair[ 0 ] );
		if ( field && given.get( pair[ 1 ] ) ) {
			field.value = given.get( pair[ 1 ] );
		}
	} );
	if ( given.get( 'code' ) && byCode ) {
		byCode.open = true;
		byCode.querySelector( '[type=submit]' ).focus();
		window.history.replaceState( null, '', window.location.pathname + window.location.search );
	}
} )();

/* Fills in what the app put behind the # of its link; that part of an address is sent to no server and kept in no log. */
( function () {
	'use strict';
	var given = new URLSearchParams( window.location.hash.slice( 1 ) );
	[ 'app', 'code' ].forEach( function ( name ) {
		var field = document.getElementById( 'aftercare-' + name );
		if ( field && given.get( name ) ) {
			field.value = given.get( name );
		}
	} );
	if ( given.get( 'code' ) ) {
		window.history.replaceState( null, '', window.location.pathname + window.location.search );
	}
} )();

/* Tells the badges of a page that everybody is sent alike where this visitor's goods go. */
( function () {
	'use strict';
	var known = document.cookie.match( /(?:^|; )aftercare_country=([A-Z]{2})(?:;|$)/ );
	if ( known ) {
		document.querySelectorAll( 'aftercare-policy-badge:not([country])' ).forEach( function ( badge ) {
			badge.setAttribute( 'country', known[ 1 ] );
		} );
	}
} )();

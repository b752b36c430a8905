/* The line in the Cart and Checkout blocks: what the cart's own answer carries, as text. Plain script, no build. */
( function ( wp, checkout ) {
	'use strict';
	if ( ! wp || ! wp.plugins || ! wp.element || ! checkout || ! checkout.ExperimentalOrderMeta ) {
		return;
	}
	var create = wp.element.createElement;

	function Line( props ) {
		var told = props.extensions && props.extensions.aftercare;
		if ( ! told || ! told.banner ) {
			return null;
		}
		return create( 'p', { className: 'aftercare-banner', lang: told.language || undefined, dir: told.direction || undefined }, told.banner );
	}

	wp.plugins.registerPlugin( 'aftercare', {
		scope: 'woocommerce-checkout',
		render: function () {
			return create( checkout.ExperimentalOrderMeta, null, create( Line ) );
		},
	} );
} )( window.wp, window.wc && window.wc.blocksCheckout );

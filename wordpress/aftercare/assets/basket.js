/* The lines in the Cart and Checkout blocks: what the cart's own answer carries, as text. Plain script, no build. */
( function ( wp, checkout, asks ) {
	'use strict';
	if ( ! wp || ! wp.plugins || ! wp.element || ! checkout || ! checkout.ExperimentalOrderMeta ) {
		return;
	}
	var create = wp.element.createElement;

	/* The days to expect the goods are the element's to find: the cart's answer may be older than they hold. */
	function days( told ) {
		var country = told.arrives;
		if ( ! country || ! asks ) {
			return null;
		}
		var place = { key: country, shop: asks.shop, endpoint: asks.endpoint, country: country };
		return create( 'aftercare-arrival', Object.assign( place, { lang: told.language || undefined, dir: told.direction || undefined } ) );
	}

	function Lines( props ) {
		var told = ( props.extensions && props.extensions.aftercare ) || {};
		var line = told.banner
			? create( 'p', { className: 'aftercare-banner', lang: told.language || undefined, dir: told.direction || undefined }, told.banner )
			: null;
		return create( wp.element.Fragment, null, line, days( told ) );
	}

	wp.plugins.registerPlugin( 'aftercare', {
		scope: 'woocommerce-checkout',
		render: function () {
			return create( checkout.ExperimentalOrderMeta, null, create( Lines ) );
		},
	} );
} )( window.wp, window.wc && window.wc.blocksCheckout, window.aftercareBasket );

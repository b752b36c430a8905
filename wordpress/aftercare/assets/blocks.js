/* The blocks in the editor: drawn by the server as they will be on the page. Plain script, no build. */
( function ( wp, names ) {
	'use strict';
	var create = wp.element.createElement;

	Object.keys( names ).forEach( function ( name ) {
		wp.blocks.registerBlockType( 'aftercare/' + name, {
			apiVersion: 3,
			title: names[ name ],
			icon: 'shield',
			category: 'woocommerce',
			usesContext: [ 'postId', 'postType' ],
			supports: { html: false },
			edit: function ( props ) {
				var post = props.context && props.context.postId;
				return create(
					'div',
					wp.blockEditor.useBlockProps(),
					create( wp.components.Disabled, null, create( wp.serverSideRender, {
						block: 'aftercare/' + name,
						urlQueryArgs: post ? { post_id: post } : {},
					} ) )
				);
			},
			save: function () {
				return null;
			},
		} );
	} );
} )( window.wp, window.aftercareBlocks || {} );

<?php

namespace Aftercare\Companion;

/** Styles and elements come with the plugin, so no page waits for another server to be drawn. */
final class Assets {
	const ELEMENTS = array( 'policy-badge', 'arrival', 'window-panel', 'tracking' );

	public static function register(): void {
		add_action( 'wp_enqueue_scripts', array( self::class, 'styles' ) );
		add_filter( 'script_loader_tag', array( self::class, 'as_module' ), 10, 2 );
	}

	public static function styles(): void {
		wp_enqueue_style( 'aftercare', plugins_url( 'assets/aftercare.css', FILE ), array(), VERSION );
		wp_enqueue_style( 'aftercare-elements', plugins_url( 'assets/widgets/aftercare.css', FILE ), array(), VERSION );
		wp_register_script( 'aftercare-country', plugins_url( 'assets/country.js', FILE ), array(), VERSION, true );
		foreach ( self::ELEMENTS as $name ) {
			wp_register_script( 'aftercare-' . $name, plugins_url( 'assets/widgets/' . $name . '.js', FILE ), array( 'aftercare-country' ), VERSION, true );
		}
	}

	/** Have an element's script sent with this page. */
	public static function element( string $name ): void {
		wp_enqueue_script( 'aftercare-' . $name );
	}

	/** Elements are modules: they import the core beside them, and run when the page stands. */
	public static function as_module( string $tag, string $handle ): string {
		$ours = in_array( $handle, array_map( static function ( $name ) {
			return 'aftercare-' . $name;
		}, self::ELEMENTS ), true );
		return $ours ? str_replace( '<script ', '<script type="module" ', $tag ) : $tag;
	}
}

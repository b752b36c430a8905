<?php

use PhpParser\Lexer\Emulative;
use PhpParser\Node;
use PhpParser\NodeTraverser;
use PhpParser\NodeVisitorAbstract;
use PhpParser\ParserFactory;

/** What a PHP 7.4 would stop at: its own tokens are asked of the lexer, newer grammar and functions are looked for here. */
final class Php74 extends NodeVisitorAbstract {
	const NEWER_NODES = array( 'UnionType', 'IntersectionType', 'Expr_Match', 'Expr_NullsafePropertyFetch', 'Expr_NullsafeMethodCall', 'Expr_Throw', 'Stmt_Enum', 'AttributeGroup', 'VariadicPlaceholder' );
	const NEWER_TYPES = array( 'mixed', 'static', 'never', 'null', 'false', 'true' );
	const NEWER_CALLS = array( 'str_contains', 'str_starts_with', 'str_ends_with', 'get_debug_type', 'array_is_list', 'array_find', 'array_any', 'array_all', 'fdiv', 'enum_exists', 'json_validate', 'mb_str_pad' );

	/** @var string[] */
	private $faults = array();

	/** @return string[] What is wrong, by line. */
	public static function faults( string $code ): array {
		$lexer  = new Emulative( array( 'phpVersion' => '7.4' ) );
		$parser = ( new ParserFactory() )->create( ParserFactory::ONLY_PHP7, $lexer );
		$found  = new self();
		try {
			$tree = $parser->parse( $code );
		} catch ( \PhpParser\Error $error ) {
			return array( $error->getMessage() );
		}
		$walk = new NodeTraverser();
		$walk->addVisitor( $found );
		$walk->traverse( $tree );
		return array_merge( $found->faults, self::commas( $code ) );
	}

	public function enterNode( Node $node ) {
		$is_new = in_array( $node->getType(), self::NEWER_NODES, true )
			|| ( $node instanceof Node\Param && $node->flags !== 0 )
			|| ( $node instanceof Node\Arg && $node->name !== null )
			|| ( $node instanceof Node\Stmt\Catch_ && $node->var === null )
			|| ( $node instanceof Node\Expr\ClassConstFetch && $node->class instanceof Node\Expr && (string) $node->name === 'class' )
			|| ( $node instanceof Node\Expr\FuncCall && $node->name instanceof Node\Name && in_array( $node->name->toLowerString(), self::NEWER_CALLS, true ) );
		foreach ( array( 'type', 'returnType' ) as $part ) {
			$type    = isset( $node->$part ) ? $node->$part : null;
			$type    = $type instanceof Node\NullableType ? $type->type : $type;
			$is_new = $is_new || ( ( $type instanceof Node\Identifier || $type instanceof Node\Name ) && in_array( strtolower( (string) $type ), self::NEWER_TYPES, true ) );
		}
		if ( $is_new ) {
			$this->faults[] = $node->getType() . ' on line ' . $node->getLine();
		}
	}

	/** A comma after the last parameter is newer too, and leaves no trace in the tree. */
	private static function commas( string $code ): array {
		return preg_match_all( '/\b(?:function|fn)\b[^(){}]*\((?:[^()]|\([^()]*\))*,\s*\)/', $code, $found ) ? $found[0] : array();
	}
}

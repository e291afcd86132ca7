/*
 * The language of .cnn files, statement by statement.
 *
 * Newlines mean nothing, so the splitter finds where statements begin and puts END behind each:
 * an error in one then cannot spill into the next. No layer has a name here.
 */
grammar Cnn;

tokens { END }

statement
  : form END
  ;

form
  : NETWORK ID STRING?                                                        # title
  | USE STRING                                                                # use
  | INPUT ID bracket (OR bracket)*                                            # input
  | WEIGHTS (STRING | ID) (ID ID)?                                            # weights
  | LABELS (STRING | bracket)                                                 # labels
  | PREPROCESS ID? settings                                                   # preprocess
  | ANSWER settings                                                           # answer
  | BUDGET LEFT_BRACE limit* RIGHT_BRACE                                      # budget
  | EXACT                                                                     # exact
  | (BLOCK | PART) ID LEFT_PAREN parameters? RIGHT_PAREN ASSIGN chain         # definition
  | OUTPUT? ID ASSIGN chain                                                   # value
  | ID (ARROW step)+                                                          # pipeline
  ;

// A setting without a value ends with a semicolon, unless it is the last.
settings   : LEFT_BRACE setting* last? RIGHT_BRACE ;
setting    : ID (expression SEMICOLON? | SEMICOLON) ;
last       : ID ;
limit      : (ID | WEIGHTS) LESS_EQUAL expression ID? (ID STRING)? SEMICOLON? ;
parameters : parameter (COMMA parameter)* COMMA? ;
parameter  : ID (COLON expression)? ;

// Loosest first: an arrow, then a label, then when and arithmetic.
chain      : step (ARROW step)* ;
step       : (label COLON)? (choice | expression) ;

// An else belongs to the nearest when, as everywhere.
choice     : WHEN expression THEN step (ELSE step)? ;

expression
  : MINUS expression                                                          # unary
  | expression (STAR | SLASH | PERCENT) expression                            # binary
  | expression (PLUS | MINUS) expression                                      # binary
  | expression (LESS | LESS_EQUAL | GREATER | GREATER_EQUAL | EQUAL | NOT_EQUAL) expression # binary
  | NOT expression                                                            # unary
  | expression AND expression                                                 # binary
  | expression OR expression                                                  # binary
  | ID arguments?                                                             # call
  | LEFT_PAREN chain RIGHT_PAREN                                              # parenthesised
  | bracket                                                                   # bracketed
  | SIZE                                                                      # size
  | INT                                                                       # int
  | REAL                                                                      # real
  | STRING                                                                    # text
  ;

bracket    : LEFT_BRACKET chain (COMMA chain)* COMMA? RIGHT_BRACKET ;
arguments  : LEFT_PAREN (chain (COMMA chain)* COMMA?)? RIGHT_PAREN ;

label      : STRING | (word | INT) (MINUS? hole+)? | hole+ ;
hole       : LEFT_BRACE expression RIGHT_BRACE (word | INT | SIZE | REAL | MINUS)* ;
word
  : ID | NETWORK | USE | INPUT | WEIGHTS | LABELS | PREPROCESS | ANSWER | BUDGET | EXACT | BLOCK
  | PART | OUTPUT | WHEN | THEN | ELSE | AND | OR | NOT
  ;

NETWORK       : 'network' ;
USE           : 'use' ;
INPUT         : 'input' ;
WEIGHTS       : 'weights' ;
LABELS        : 'labels' ;
PREPROCESS    : 'preprocess' ;
ANSWER        : 'detect' | 'segment' | 'embed' | 'read' ;
BUDGET        : 'budget' ;
EXACT         : 'exact' ;
BLOCK         : 'block' ;
PART          : 'part' ;
OUTPUT        : 'output' ;
WHEN          : 'when' ;
THEN          : 'then' ;
ELSE          : 'else' ;
AND           : 'and' ;
OR            : 'or' ;
NOT           : 'not' ;

ARROW         : '->' ;
ASSIGN        : '=' ;
COLON         : ':' ;
COMMA         : ',' ;
SEMICOLON     : ';' ;
LEFT_PAREN    : '(' ;
RIGHT_PAREN   : ')' ;
LEFT_BRACKET  : '[' ;
RIGHT_BRACKET : ']' ;
LEFT_BRACE    : '{' ;
RIGHT_BRACE   : '}' ;
PLUS          : '+' ;
MINUS         : '-' ;
STAR          : '*' ;
SLASH         : '/' ;
PERCENT       : '%' ;
LESS          : '<' ;
LESS_EQUAL    : '<=' ;
GREATER       : '>' ;
GREATER_EQUAL : '>=' ;
EQUAL         : '==' ;
NOT_EQUAL     : '!=' ;

SIZE          : [0-9]+ 'x' [0-9]+ ;
INT           : [0-9]+ ;
REAL          : [0-9]+ '.' [0-9]+ ([eE] [-+]? [0-9]+)? | [0-9]+ [eE] [-+]? [0-9]+ ;
ID            : [a-zA-Z_] [a-zA-Z_0-9]* ;
STRING        : '"' ~["\r\n]* '"' ;
OPEN_STRING   : '"' ~["\r\n]* ;
COMMENT       : '//' ~[\r\n]* ;
SPACE         : [ \t\r\n\f]+ -> skip ;
OTHER         : . ;

/**
 * The words of SQL that mean something to the kernel (docs/semantics/sql.md, "Words"; runtime/kernel/assembly/sql.ts), as a table from word to
 * value: in the low byte its number among those that the grammar asks for by name, above it its classes.
 */
import type { Type } from "@thc/language";
import type { Ir } from "../ir/ir.ts";
import type { DataBuffer } from "./buffer.ts";

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Numbered from 1 (runtime/kernel/assembly/sql-words.ts). */
const NUMBERED = words(`
  select with values from join straight_join apply inner left right full cross outer natural using where having when group order union intersect except
  minus limit offset fetch for window returning output set into do update delete insert merge replace truncate drop explain query plan begin commit
  rollback start work transaction tran table view if exists restart continue identity cascade restrict recursive as not materialized or ignore abort fail
  value default all distinct lateral in is within by first next share no key json xml ties ordinality rollup cube time nothing then of nowait skip wait
  end get move conversation
`);

/** They begin a statement, in some dialect also in the middle of another one. */
const VERBS = words(`
  insert update delete merge truncate drop alter create grant revoke deny exec execute use backup restore shutdown kill dbcc bulk waitfor reconfigure
  declare begin commit rollback save set do into writetext updatetext readtext setuser revert go table procedure add
  load dump open send receive checkpoint trigger
`);
/** They may stand behind a table. */
const CLAUSES = words(`
  where group order having union intersect except minus limit offset fetch for window returning output on using join inner left right full cross outer
  natural straight_join set values select from with when
`);
/** No names either. */
const OPERATORS = words(`
  as and or not in is like ilike between case then else all any some distinct exists by lateral only default
`);
/** What a parenthesis may follow, beside functions. */
const OPENERS = words(`
  as and or not in is like ilike between case when then else all any some distinct exists by on using where having select union intersect except minus set
  returning output values value over filter group rollup cube sets interval array row unique conflict with if top left right replace
  varchar char nvarchar nchar character varying varchar2 number decimal numeric float time timestamp datetime2 binary varbinary bit
`);
/** They read their arguments and nothing else, and change nothing. */
const FUNCTIONS = words(`
  count sum avg min max total coalesce nullif ifnull isnull nvl iif greatest least abs ceil ceiling floor round sign mod power pow sqrt exp ln log log10 log2
  pi sin cos tan asin acos atan atan2 degrees radians trunc width_bucket
  lower upper initcap length len char_length character_length octet_length bit_length substr substring lpad rpad trim ltrim rtrim btrim
  reverse repeat replicate space concat concat_ws instr locate position strpos charindex patindex split_part overlay translate stuff ascii unicode chr
  quotename soundex hex unhex format printf to_char to_number regexp_replace regexp_like regexp_substr regexp_instr regexp_count regexp_match
  now current_date current_time current_timestamp localtime localtimestamp getdate getutcdate sysdatetime sysutcdatetime curdate curtime utc_timestamp
  date datetime julianday unixepoch strftime timediff date_trunc date_part extract age make_date make_timestamp to_date to_timestamp
  from_unixtime unix_timestamp date_add date_sub adddate subdate dateadd datediff datename datepart eomonth last_day add_months months_between
  timestampdiff timestampadd date_format str_to_date year quarter month week day dayofweek dayofyear weekday hour minute second
  cast try_cast convert try_convert typeof
  row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
  group_concat string_agg listagg array_agg bool_and bool_or every bit_and bit_or stddev stddev_pop stddev_samp variance var_pop var_samp corr median
  percentile_cont percentile_disc mode grouping any_value
  json json_extract json_value json_query json_array json_object json_array_length json_valid json_type json_agg jsonb_agg json_each json_tree
  json_build_object jsonb_build_object json_object_agg json_group_array json_group_object jsonb_array_elements jsonb_array_elements_text
  json_array_elements jsonb_each jsonb_each_text jsonb_extract_path_text json_contains json_unquote to_json to_jsonb row_to_json
  array_length cardinality unnest generate_series array_to_string string_to_array array_position string_split
  md5 sha1 sha2 random rand newid uuid gen_random_uuid
`);
/** FROM stands inside their parentheses and names no table. */
const WITH_FROM = words("extract trim substring overlay position");
/** A client that sees one begin a line takes the line for itself. */
const CLIENT = words("go reset exit quit ed");
/** Of a sequence, they move it or tell where it is. */
const SEQUENCE = words("nextval currval prevval lastval");

const CLASSES: readonly (readonly [bit: number, members: readonly string[]])[] = [
  [0x100, VERBS],
  [0x200, CLAUSES],
  [0x400, OPERATORS],
  [0x800, OPENERS],
  [0x1000, FUNCTIONS],
  [0x2000, WITH_FROM],
  [0x4000, CLIENT],
  [0x8000, SEQUENCE],
];

/** Undefined where the contract has no Sql. */
export function writeSqlWords(data: DataBuffer, ir: Ir): ReturnType<DataBuffer["table"]> | undefined {
  const params = new Set(ir.tools.map((t) => t.params));
  const holds =
    [...params].some((all) => all.some((p) => holdsSql(p.type))) ||
    ir.tools.some((t) => t.returns !== undefined && holdsSql(t.returns)) ||
    ir.facts.some((f) => holdsSql(f.type));
  if (!holds) return undefined;
  const values = new Map<string, number>(NUMBERED.map((word, i) => [word, i + 1]));
  for (const [bit, members] of CLASSES) for (const word of members) values.set(word, (values.get(word) ?? 0) | bit);
  return data.table([...values].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function holdsSql(type: Type): boolean {
  switch (type.kind) {
    case "optional":
      return holdsSql(type.of);
    case "list":
      return holdsSql(type.element);
    case "map":
      return holdsSql(type.value);
    case "union":
      return type.cases.some((c) => holdsSql(c.type));
    case "record":
      return type.fields.some((f) => holdsSql(f.type));
    default:
      return type.kind === "sql";
  }
}

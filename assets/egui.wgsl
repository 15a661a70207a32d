// What egui draws: triangles with a colour, through the font atlas.
//
// In place of the shader that bevy_egui brings, for office PCs whose processor has to draw: that one raises six numbers
// to a power for every pixel. Here none is. The atlas holds white in premultiplied alpha, so its alpha alone says how
// much of the colour is there; and the way from sRGB to linear light is a polynomial, the same on all 256 levels.

struct Transform {
    scale: vec2<f32>,
    translation: vec2<f32>,
}

struct Corner {
    @location(0) position: vec2<f32>,
    @location(1) uv: vec2<f32>,
    @location(2) colour: vec4<f32>,
}

struct Pixel {
    @builtin(position) position: vec4<f32>,
    @location(0) colour: vec4<f32>,
    @location(1) uv: vec2<f32>,
}

@group(0) @binding(0) var<uniform> transform: Transform;

#ifdef BINDLESS
@group(1) @binding(0) var atlas: binding_array<texture_2d<f32>>;
@group(1) @binding(1) var atlas_sampler: binding_array<sampler>;

// A struct around one number: DirectX 12 takes nothing less.
struct BindlessOffset {
    offset: u32,
}
var<immediate> bindless: BindlessOffset;
#else
@group(1) @binding(0) var atlas: texture_2d<f32>;
@group(1) @binding(1) var atlas_sampler: sampler;
#endif

// Least greatest error, weighted by how finely sRGB tells levels apart. `src/desktop/shader.rs` holds it to the rule.
fn linear_from_gamma(c: vec3<f32>) -> vec3<f32> {
    return c * (0.0660443 + c * (0.20578349 + c * (1.70160806 + c * (-1.64242113 + c * 0.66898528))));
}

@vertex
fn vs_main(corner: Corner) -> Pixel {
    let position = corner.position * transform.scale + transform.translation;
    return Pixel(vec4<f32>(position, 0.0, 1.0), corner.colour, corner.uv);
}

@fragment
fn fs_main(pixel: Pixel) -> @location(0) vec4<f32> {
#ifdef BINDLESS
    let share = textureSample(atlas[bindless.offset], atlas_sampler[bindless.offset], pixel.uv).a;
#else
    let share = textureSample(atlas, atlas_sampler, pixel.uv).a;
#endif
    let gamma = pixel.colour * share;
    return vec4<f32>(linear_from_gamma(gamma.rgb), gamma.a);
}
